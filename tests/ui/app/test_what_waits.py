"""What the sign-in page says of work that the centre has not got: it waits after a start, and goes on afterwards."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from sscard_desk.bootstrap.gate import FolderGate
from sscard_desk.store.left_over import LeftOver
from sscard_desk.store.opening import create_folder
from sscard_desk.ui.app.gate import LineState
from sscard_desk.ui.app.window import CounterWindow
from sscard_desk.ui.words import say


def test_the_sign_in_page_says_what_waits_for_it_after_a_start_and_what_goes_on_by_itself_later(
    app: QApplication, tmp_path: Path
) -> None:
    home = tmp_path / "desk"
    create_folder(
        home, desk_id="D-0001", service_point="0231", desk_no=1, training=True, database_key=bytes(32), scopes=()
    )
    LeftOver(home).keep(7)
    window = CounterWindow(app, FolderGate(home))
    try:
        assert window.sign_in.state.left_over == say("sign_in.waits", n=7)
        window._line_changed(LineState(unsent=7, running=True))
        assert window.sign_in.state.left_over == say("sign_in.waits", n=7)
        window._line_changed(LineState(unsent=3))
        assert window.sign_in.state.left_over == say("sign_in.goes_on", n=3)
        window._line_changed(LineState(up_to_date=True))
        assert window.sign_in.state.left_over == say("sign_in.nothing_waits")
    finally:
        window.shell.close()
