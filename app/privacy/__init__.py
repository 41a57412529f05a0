"""Personal data at rest: the key ring, sealed identities, blind indexes, the short-lived roster, erasing."""
