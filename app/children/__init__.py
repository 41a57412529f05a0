"""Children: who they are, where they are enrolled, what certificate and doses they have, what is in doubt or exempt."""
