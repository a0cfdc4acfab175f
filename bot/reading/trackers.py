"""What publishers, mailers and networks add to a link that says nothing about the article."""

import re
from urllib.parse import unquote_plus

# Names that always belong to a tracker, in lower case. What opens an article (a gift link's token) is none.
_NAMES = frozenset(
    """
    fbclid fb_action_ids fb_action_types fb_source fb_ref gclid gclsrc dclid wbraid gbraid msclkid yclid
    ysclid twclid ttclid li_fat_id igsh igshid srsltid epik rdt_cid tblci dicbo ob_click_id obclid mkt_tok
    trk trkinfo trkcampaign refid trackingid lipi licu _openstat wickedid wickedsource oft_id ref_src
    ref_url refsrc referrer referer reflink reflinkid via smid smtyp sr_share soc_src soc_trk guccounter
    guce_referrer guce_referrer_sig ito ncid cmpid icid intcmp int_cmp intcid cmp mod mbid esrc sref taid
    leadsource xtor xtref bxid cndid sfmc_id sc_cid sc_campaign cvid ocid usqp amp_js_v amp_gsa amp_ct
    amp_tf __twitter_impression __tn__ __cft__ spm scm ssm share_id shareid si_share _branch_match_id
    _branch_referrer s_kwcid ef_id zanpid hsctatracking elqtrackid elqtrack elqaid elqat campaign_id
    rss_source
    """.split()
)
_PREFIXES = tuple(
    """
    utm_ mc_ mtm_ matomo_ piwik_ pk_ hsa_ _hs __hs at_ itm_ stm_ vero_ oly_ ns_ ga_ _ga _gl guce_ cm_mmc
    pf_rd_ pd_rd_ __cft__ gs_ ml_
    """.split()
)
# Names that are trackers unless their value looks like a number of an article ("?ref=48213").
_UNLESS_NUMBER = frozenset({"ref", "source", "src", "from", "partner", "campaign", "medium", "cid"})
# Ways in which a query says "the AMP version, please".
_AMP = frozenset(
    {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("output", "amp"), ("view", "amp")}
)
_NUMBER = re.compile(r"\d{3,}")


def is_tracker(name: str, value: str) -> bool:
    """Whether a query parameter (decoded) can go without changing which article is meant."""
    low = name.lower()
    if low in _NAMES or low.startswith(_PREFIXES) or (low, value.lower()) in _AMP:
        return True
    return low in _UNLESS_NUMBER and not _NUMBER.fullmatch(value)


def without_trackers(query: str) -> str:
    """Drop tracking and empty parameters; keep the others as they stand and in their order."""
    kept = []
    for piece in query.split("&"):
        name, _, value = piece.partition("=")
        if piece and not is_tracker(unquote_plus(name), unquote_plus(value)):
            kept.append(piece)
    return "&".join(kept)
