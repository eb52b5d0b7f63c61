"""The papers by which a person is known, as one word each; a city's own code for them stands in its code tables."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a number stands on. `IdCardKind` has the same words for the cards that the id reader reads."""

    CITIZEN = "citizen"
    """居民身份证"""
    HMT_RESIDENT = "hmt_resident"
    """港澳台居民居住证"""
    FOREIGN_2004 = "foreign_2004"
    """外国人永久居留证, the old kind without a chip, 15 characters like the one of 2017: always typed"""
    FOREIGN_2017 = "foreign_2017"
    """外国人永久居留身份证, 15 characters"""
    FOREIGN_2023 = "foreign_2023"
    """外国人永久居留身份证, 18 digits beginning with 9"""
