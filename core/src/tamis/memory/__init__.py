"""Memories: what a step must know of a whole corpus, learnt beforehand by a command and kept in a JSON file.

    class Names(Memory):                                      # frozen; `state` and `parse` are to and from JSON
        kind = MemoryKind("tamis names", version=1, about="names", command="tamis names")
    class Name(MemoryStep):                                   # the setting `memory` is the path of such a file
        kind = Names.kind
    learner, scan = learn_from(files, Tally(), workers=4)     # reads FILES, each in one of four processes

`learning_options` gives a click command the arguments that such commands share.
"""

from tamis.memory.kinds import Memory
from tamis.memory.kinds import MemoryKind
from tamis.memory.kinds import is_count
from tamis.memory.learning import Learner
from tamis.memory.learning import Scan
from tamis.memory.learning import learn_from
from tamis.memory.learning import learning_options
from tamis.memory.step import MemoryStep

__all__ = ["Learner", "Memory", "MemoryKind", "MemoryStep", "Scan", "is_count", "learn_from", "learning_options"]
