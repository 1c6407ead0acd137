"""Cut shouting."""

import re

import tamis


class Shout(tamis.Step):
    """Cut runs of capitals of at least `longest` letters."""

    longest: int = 12
    """How many capitals and spaces in a row are borne, less one."""

    def find(self, doc):
        for m in re.finditer(rf"\b[A-Z ]{{{self.longest},}}\b", doc.text):
            yield doc.cut(m.span(), "shouting")


@tamis.hookimpl
def tamis_steps():
    return {"shout": Shout}
