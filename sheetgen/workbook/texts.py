"""The shared texts of a workbook, read without keeping more of their part than the texts."""

from __future__ import annotations

from typing import IO, Final

from sheetgen.workbook.markup import LocalNames, new_parser, unescape_text

_CHUNK: Final = 1 << 18


def read_shared_texts(stream: IO[bytes]) -> tuple[str, ...]:
    """The texts in the order of their numbers; rich ones are plain, phonetic guides are left out.

    Raises `expat.ExpatError` where the part is not well-formed.
    """
    sink = _Texts()
    parser = new_parser()
    parser.StartElementHandler = sink.start
    parser.EndElementHandler = sink.end
    parser.CharacterDataHandler = sink.data
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return tuple(sink.texts)


class _Texts:
    """Collects the texts of `si` elements from the events of a parser."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._names = LocalNames()
        self._runs: list[str] = []
        self._inside = self._phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        match self._names[name]:
            case "si":
                self._runs.clear()
            case "t":
                self._inside = not self._phonetic
            case "rPh":
                self._phonetic = True

    def data(self, text: str) -> None:
        if self._inside:
            self._runs.append(text)

    def end(self, name: str) -> None:
        match self._names[name]:
            case "si":
                self.texts.append(unescape_text("".join(self._runs)))
            case "t":
                self._inside = False
            case "rPh":
                self._phonetic = False
