"""Irregular forms of common words, and short names of months: what a stemmer does not know (`gave` → `give`)."""

_TABLE = """
arise arose arisen|awake awoke|be was were been is are am|bear bore borne|beat beaten|become became
begin began begun|bend bent|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken
bring brought|build built|buy bought|catch caught|choose chose chosen|come came|deal dealt|dig dug
do did done does|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed
feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone goes|grow grew grown
hang hung|have had has|hear heard|hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led
leave left|lend lent|lose lost|make made|mean meant|meet met|overthrow overthrew overthrown|pay paid
ride rode ridden|ring rang rung|rise rose risen|run ran|say said says|see saw seen|seek sought|sell sold
send sent|shake shook shaken|shoot shot|show showed shown|shrink shrank shrunk|sing sang sung|sink sank sunk
sit sat|sleep slept|speak spoke spoken|spend spent|spin spun|stand stood|steal stole stolen|stick stuck
strike struck stricken|swear swore sworn|sweep swept|swim swam swum|take took taken|teach taught
tear tore torn|tell told|think thought|throw threw thrown|understand understood|undergo underwent undergone
uphold upheld|wake woke|wear wore worn|weave wove|win won|withdraw withdrew withdrawn|write wrote written
child children|man men|woman women|person people|foot feet|tooth teeth|mouse mice|wife wives|life lives
leaf leaves|knife knives|half halves|die died dies dying dead death|lie lied lying|born birth|january jan
overtake overtook overtaken|undertake undertook undertaken|mistake mistook mistaken|oversee oversaw overseen
foresee foresaw foreseen|overcome overcame|withhold withheld|withstand withstood|rebuild rebuilt|resell resold
rewrite rewrote rewritten|retake retook retaken|outrun outran|outdo outdid outdone|outgrow outgrew outgrown
cling clung|creep crept|dive dove|fling flung|forsake forsook forsaken|kneel knelt|leap leapt|learn learnt|burn burnt
dream dreamt|spell spelt|spill spilt|spoil spoilt|light lit|plead pled|prove proven|shine shone|sling slung|slide slid
slay slew slain|spit spat|spring sprang sprung|sting stung|stride strode|strive strove striven|swell swollen
swing swung|tread trod|weep wept|wring wrung|breed bred|foretell foretold|misunderstand misunderstood
overhear overheard|override overrode overridden|overspend overspent|remake remade|repay repaid|undo undid undone
sue sued suing sues|year years yr yrs|euro euros eur|dollar dollars|minute minutes min mins|hour hours hr hrs
february feb|march mar|april apr|june jun|july jul|august aug|september sept sep|october oct|november nov
december dec
"""

FORMS: tuple[tuple[str, ...], ...] = tuple(
    tuple(forms.split()) for forms in _TABLE.replace("\n", "|").split("|") if forms
)
"""The forms of each word, its base form first."""
OF_TWO_WORDS = frozenset(
    "bear bit borne bound dove fed lay laid leaf leaves led lie lit rose sprang sprung woke jan feb mar apr jun jul aug"
    " sept sep oct nov dec min mins sec is was were been are am do did done does have had has".split()
)
"""Forms that are another word as well (`LED`, a rose, a bit), or say nothing: only grammar tells which is meant."""
BASE_FORMS: dict[str, str] = {form: forms[0] for forms in FORMS for form in forms}
"""Each form → its base form."""


_SAME_IN_PAST = frozenset("beat hit cut put shut split".split())


def base_form(word: str) -> str:
    """Return the base form of a word in small letters; a word that the table does not have is its own."""
    return BASE_FORMS.get(word, word)


def is_irregular(word: str) -> bool:
    """Whether the table has a word in small letters as a form of another: `gave`, `children`, `sues`."""
    return base_form(word) != word


def is_past(word: str) -> bool:
    """Whether a word in small letters has the form of a past tense: `fired`, `gave`."""
    return word.endswith("ed") or word in _SAME_IN_PAST or is_irregular(word)
