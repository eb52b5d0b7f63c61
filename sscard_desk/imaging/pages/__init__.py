"""Pages of forms that came back: read by their codes, straightened to the layout, boxes read, areas cut out.

Only the imaging lane imports the modules in here that need OpenCV; importing this package costs nothing.
"""
