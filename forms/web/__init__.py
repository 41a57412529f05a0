"""Forms on screen: fields, hints, and sentences that say what to put right."""
