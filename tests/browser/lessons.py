"""What every lesson does in the browser, in whichever language: it runs, its explorer follows the hand."""

from custseg_helpers.learn.lessons import lesson_folders

LESSONS = [folder.name for folder in lesson_folders().values()]


def run_lesson(notebook):
    """Run every cell of a lesson and see that nothing went wrong."""
    notebook.run_all()
    assert notebook.errors() == []


def move_explorer(notebook):
    """Move the explorer's first control and wait until what it shows is something else."""
    explorer = notebook.show(notebook.find(tag="explorer"))
    explorer.locator("img, canvas").first.wait_for()
    if explorer.locator("canvas").count():  # drawn in the browser, counts written in its corners
        before = explorer.locator(".corner").first.inner_text()
        explorer.locator("[role=slider]").first.press("End")
        explorer.locator(".corner").first.filter(has_not_text=before).wait_for()
    else:
        picture = explorer.locator("img").first
        before = picture.get_attribute("src")
        slider = explorer.locator(".noUi-handle").first
        if slider.count():
            at, least = (slider.get_attribute(f"aria-value{what}") for what in ("now", "min"))
            slider.press("End" if at == least else "Home")
        else:
            explorer.locator("select").first.select_option(index=2)
        notebook.page.wait_for_function(
            "([image, old]) => image.src !== old && image.complete && image.naturalWidth > 300",
            arg=[picture.element_handle(), before],
        )
    assert notebook.errors() == []
