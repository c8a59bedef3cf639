"""The course in the browser: JupyterLite with a Pyodide of its own, so that nothing is installed and nothing is asked of others.

`command` builds it, `work` runs inside it (a learner's own files leave and return as one zip).
"""
