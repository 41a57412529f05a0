"""The number of every product inside a signed code. Numbers are for ever: new products go to the end, none is moved."""

NUMBERED: tuple[str, ...] = (
    *("BCG", "HepB", "IPV", "bOPV", "tOPV", "OPV"),
    *("DTaP", "DTwP", "DTaP-Hib", "DTaP-IPV/Hib", "DTaP-IPV", "DTaP-IPV-HepB/Hib", "DT"),
    *("MMR", "MMRV", "MR", "MM", "MV", "RV-rubella", "Mu", "JE-L", "JE-I"),
    *("MPSV-A", "MPSV-AC", "MPCV-AC", "MPCV-AC/Hib", "MPSV-ACYW", "MPCV-ACYW"),
    *("HepA-L", "HepA-I", "HepAB", "HPV2", "HPV4", "HPV9"),
    *("Var", "Hib", "RV", "PCV13", "PPV23", "IIV", "LAIV", "EV71", "RabV", "HepE", "COVID", "Td", "Tdap"),
    *("other", "other-live"),
)
NUMBER_OF = {code: number for number, code in enumerate(NUMBERED)}
