"""From what a carrier means to say to the bytes it sends; each module writes one kind of message."""
