"""The language a user asks for: on the command line, in mistakes, and from a language file of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from sheetgen.clause import Clause
from sheetgen.errors import EmptyFileError, OptionError, OutputError, TemplateError
from sheetgen.language import Language, load_language
from tests.conftest import Cli

NO_BREAK_SPACE = "\u00a0"


def test_the_command_line_speaks_french(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    result = cli("build", campaign_file, "--lang", "fr", "-o", tmp_path / "report.xlsx")
    assert result.exit_code == 0
    talk = result.stderr.replace(NO_BREAK_SPACE, " ")
    assert "3 lignes lues, 3 utilisées, 0 écartées ; 3 campagnes" in talk
    assert "Comment le fichier a été lu. (UTF-8, séparateur : virgule, en-tête à la ligne 1)" in talk


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv"], "missing.csv : illisible (ce fichier n’existe pas)."),
        (["{file}", "-o", "report.pdf"], "Permis : un nom de fichier qui finit par .xlsx."),
        (["{file}", "--template", "nothing.toml"], "nothing.toml : fichier : ce fichier n’existe pas."),
        (["{file}", "--theme", "neon"], "--theme : 'neon' n’est pas permis. Permis : default"),
    ],
)
def test_mistakes_are_told_in_french(
    cli: Cli, campaign_file: Path, tmp_path: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [argument.format(file=campaign_file) for argument in arguments]
    result = cli("build", *given, "--lang", "fr")
    assert result.exit_code == 2
    assert said in result.stderr.replace(NO_BREAK_SPACE, " ")


def test_a_mistake_in_an_expression_is_pointed_at_in_french(cli: Cli, campaign_file: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[[kpi]]\nkey = "own"\nexpr = "clicks / impresions"\n', encoding="utf-8")
    result = cli("build", campaign_file, "--template", tmp_path / "own.toml", "--lang", "fr")
    assert result.exit_code == 2
    lines = result.stderr.replace(NO_BREAK_SPACE, " ").splitlines()
    assert "il n’y a ni champ ni KPI 'impresions'. Vouliez-vous dire impressions ? Permis : budget," in lines[0]
    assert lines[1:] == ["  clicks / impresions", "           ^"]


WriteLanguage = Callable[[str, str], Path]


@pytest.fixture
def write_language(tmp_path: Path) -> WriteLanguage:
    """Writes a language file into a templates folder of the user's own, which it returns."""

    def write(code: str, content: str) -> Path:
        (tmp_path / "own" / "languages").mkdir(parents=True)
        (tmp_path / "own" / "languages" / f"{code}.toml").write_text(content, encoding="utf-8")
        return tmp_path / "own"

    return write


def test_a_language_of_ones_own_is_one_file(
    cli: Cli, campaign_file: Path, tmp_path: Path, write_language: WriteLanguage
) -> None:
    own = write_language("it", '[texts]\n"Overview" = "Panoramica"\n"Platform" = "Piattaforma"\n')
    path = tmp_path / "report.xlsx"
    result = cli("build", campaign_file, "--lang", "it", "--templates", own, "-o", path)
    assert result.exit_code == 0, result.stderr
    assert "3 rows read" in result.stderr
    assert openpyxl.load_workbook(path).sheetnames[0] == "Panoramica"
    assert cli("verify", path, "--engine", "cellrune", "--templates", own).exit_code == 0


def test_own_translations_go_over_the_shipped_ones(write_language: WriteLanguage) -> None:
    own = write_language("fr", '[texts]\n"Revenue" = "Chiffre d’affaires"\n"Profit" = "Bénéfice"\n')
    say = load_language("fr", own)
    assert [say(text) for text in ("Revenue", "Profit", "Clicks")] == ["Chiffre d’affaires", "Bénéfice", "Clics"]


def test_an_unknown_language_is_refused(cli: Cli, campaign_file: Path) -> None:
    result = cli("build", campaign_file, "--lang", "tlh")
    assert result.exit_code == 2
    assert "--lang: 'tlh' is not allowed. Allowed: en, fr" in result.stderr
    with pytest.raises(OptionError):
        load_language("tlh")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[texts]\nOverview = 3\n", "languages/it.toml: [texts] Overview: the translation is not a text."),
        ("texts = 3\n", "languages/it.toml: [texts]: the translation is not a text."),
        ('[texts]\n"{count} bytes" = "{byte}"\n', 'it.toml: [texts] "{count} bytes": the English text has no {byte}.'),
        ('[texts]\n"{count} bytes" = "{count"\n', 'it.toml: [texts] "{count} bytes": a brace has no partner.'),
        ('[errors]\nOptionError = "{path}"\n', 'it.toml: [errors] "OptionError": the English text has no {path}.'),
        ('[texts]\n"Overview = 1\n', "languages/it.toml: line 2, column "),
    ],
)
def test_a_broken_language_file_is_told_with_its_place(
    cli: Cli, campaign_file: Path, write_language: WriteLanguage, content: str, said: str
) -> None:
    result = cli("build", campaign_file, "--lang", "it", "--templates", write_language("it", content))
    assert result.exit_code == 2
    assert said in result.stderr


def test_only_clauses_inside_a_sentence_are_translated() -> None:
    say = Language(
        "xx",
        texts={"it is a folder": "FOLDER", "line {line}: {reason}": "ROW {line} {reason}"},
        errors={"OutputError": "NO {path} {reason}"},
    )
    nested = Clause("line {line}: {reason}", line=3, reason=Clause("it is a folder"))
    assert say.error(OutputError(path="it is a folder", reason=nested)) == "NO it is a folder ROW 3 FOLDER"
    assert say.clause("it is a folder") == "it is a folder"
    assert str(nested) == "line 3: it is a folder"


def test_an_error_without_a_translation_stays_english() -> None:
    problem = EmptyFileError(path="a.csv", found=Clause("the file is empty"))
    assert Language("xx").error(problem) == str(problem)


def test_a_text_with_braces_and_no_facts_is_said_as_it_is() -> None:
    text = "Write a text with {number}, {symbol} and {scale} where they go."
    assert Language()(text) == text
    assert str(Clause(text)) == text


def test_a_field_of_its_own_is_refused_with_a_remedy(write_language: WriteLanguage) -> None:
    with pytest.raises(TemplateError, match=r"Use the \{fields\} of the English text"):
        load_language("it", write_language("it", '[texts]\n"{one} or {other}" = "{one} o {altro}"\n'))
