"""The key under which spellings of one company name meet."""

import re
import unicodedata
from functools import lru_cache

# Legal forms that end a company's name and say nothing about which company it is.
_LEGAL_FORMS = frozenset(
    """ab ag aps as asa bhd bv co company corp corporation cv eirl gmbh gmbhcokg inc incorporated kg kgaa kk
    limited llc llp lp ltd ltda mbh nv oy oyj plc pte pty pvt sa sab sabdecv sac sadecv saic sapi sapidecv
    sarl sas sca scs sdnbhd se sicav sl sle slne slp slu
    snc sociedadanonima sociedadlimitada spa spz spzoo sprl srl sro tbk aktiengesellschaft kft zrt nyrt doo
    ooo oao pao pjsc sgps""".split()
)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


# The same names come again and again: a company in the news every day is claimed by thousands of articles.
@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Fold case, accents, punctuation and trailing legal forms: "Telefónica, S.A." -> "telefonica".

    The result is "" only for text with no letter or digit at all.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    bare = re.sub(r"['’`´]s\b", "", bare)
    bare = bare.replace(".", "").replace("&", " and ").replace("+", " plus ")
    words = _WORD.findall(bare)
    while len(words) > 1:
        tail = next((n for n in (3, 2, 1) if len(words) > n and "".join(words[-n:]) in _LEGAL_FORMS), 0)
        if not tail:
            break
        words = words[:-tail]
        if len(words) > 1 and words[-1] == "and":  # "Tiffany & Co.", "GmbH & Co. KG"
            words = words[:-1]
    return " ".join(words)
