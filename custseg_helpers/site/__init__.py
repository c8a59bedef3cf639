"""The course as web pages: `custseg site` writes a folder that any web server, or a USB stick, can carry."""
