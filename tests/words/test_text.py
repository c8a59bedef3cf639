"""How people are spoken to."""

from IPython.core.interactiveshell import InteractiveShell


def test_a_notebook_shows_the_message_of_a_user_error_and_no_traceback(capsys):
    shell = InteractiveShell()
    shell.run_cell(
        "from custseg_helpers.words.text import UserError\nraise UserError(zh='缺一列。', en='A column is missing.')"
    )
    assert capsys.readouterr().out.strip() == "A column is missing."
