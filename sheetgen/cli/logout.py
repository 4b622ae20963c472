"""`sheetgen logout`: no option of its own."""

from __future__ import annotations

import click

from sheetgen.cli.product import print_product
from sheetgen.cli.run import EXITS, Common, command
from sheetgen.cli.target import pace_of
from sheetgen.errors import ServiceError


@click.command(epilog=EXITS)
@command
def logout(common: Common) -> int:
    """Sign out of Google: forget who signed in in the browser, and let Google revoke it."""
    from sheetgen.push.credentials import Store, sign_out

    console = common.console()
    say = console.language
    done = sign_out(Store(), pace_of(console))
    line = say("Signed out.") if done.forgotten else say("Nobody was signed in.")
    if done.unrevoked:
        console.say(
            "Google could not be told. Take the access back yourself, on https://myaccount.google.com/connections."
        )
    print_product(common, {"signed_out": done.forgotten, "unrevoked": done.unrevoked}, (line,))
    return ServiceError.exit_code if done.unrevoked else 0
