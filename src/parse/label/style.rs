//! The style of a whole list: the place of the second pass, which labels each entry given how the others of its list are built.
