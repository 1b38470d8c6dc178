"""Units and currencies: what each is a measure of, and how many base units it holds."""

from typing import NamedTuple


class Unit(NamedTuple):
    """One unit: what it measures, the base unit's name, how many of it, and whether two words make it."""

    kind: str
    base: str
    factor: float


def _named(kind: str, base: str, *rows: tuple[str, float]) -> dict[str, Unit]:
    return {name: Unit(kind, base, factor) for names, factor in rows for name in names.split()}


UNITS: dict[str, Unit] = {
    **_named("share", "%", ("% percent percents pct percentage percentages", 1)),
    **_named("money", "dollars", ("$ dollar dollars usd buck bucks", 1)),
    **_named("money", "euros", ("eur euro euros", 1)),
    **_named("money", "pounds", ("gbp quid", 1)),
    **_named("money", "rupees", ("inr rupee rupees rs lakh crore", 1)),
    **_named("money", "yen", ("jpy yen", 1)),
    **_named("money", "yuan", ("yuan rmb renminbi", 1)),
    **_named("money", "roubles", ("rub ruble rubles rouble roubles", 1)),
    **_named("money", "francs", ("chf franc francs", 1)),
    **_named("money", "crowns", ("crown crowns krona kronor krone kroner", 1)),
    **_named("money", "pesos", ("peso pesos", 1)),
    **_named("money", "hryvnias", ("hryvnia hryvnias uah", 1)),
    **_named("money", "cents", ("cent cents ct cts pence", 1)),
    **_named("money", "lira", ("lira liras lire", 1)),
    **_named("money", "naira", ("naira", 1)),
    **_named("money", "rand", ("rand", 1)),
    **_named("money", "shillings", ("shilling shillings", 1)),
    **_named("money", "dirhams", ("dirham dirhams", 1)),
    **_named(
        "length", "metres",
        ("m metre metres meter meters", 1), ("km kms kilometre kilometres kilometer kilometers", 1000),
        ("cm centimetre centimetres centimeter centimeters", 0.01),
        ("mm millimetre millimetres millimeter millimeters", 0.001),
        ("mile miles mi", 1609.34), ("foot feet ft", 0.3048), ("inch inches", 0.0254), ("yard yards yd", 0.9144),
    ),
    **_named(
        "weight", "kilograms",
        ("kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes", 1), ("g gram grams gramme grammes", 0.001),
        ("mg milligram milligrams", 1e-6), ("tonne tonnes ton tons", 1000),
        ("lb lbs", 0.4536), ("ounce ounces oz", 0.02835),
    ),
    **_named(
        "volume", "litres",
        ("teaspoon teaspoons tsp", 0.005), ("tablespoon tablespoons tbsp", 0.015),
        ("l litre litres liter liters", 1), ("ml millilitre millilitres milliliter milliliters", 0.001),
        ("gallon gallons gal", 3.785), ("pint pints", 0.473), ("barrel barrels", 159),
    ),
    **_named("area", "hectares", ("hectare hectares ha", 1), ("acre acres", 0.4047)),
    **_named(
        "time", "days",
        ("second seconds sec secs", 1 / 86400), ("minute minutes min mins", 1 / 1440), ("hour hours hr hrs h", 1 / 24),
        ("day days", 1), ("week weeks wk wks", 7), ("fortnight fortnights", 14), ("month months", 30.4),
        ("year years yr yrs yearold", 365),
        ("decade decades", 3650), ("century centuries", 36500),
    ),
    **_named("energy", "watts", ("w watt watts", 1), ("kw kilowatt kilowatts", 1e3), ("mw megawatt megawatts", 1e6),
             ("gw gigawatt gigawatts", 1e9)),
    **_named("data", "bytes", ("mb megabyte megabytes", 1e6), ("gb gigabyte gigabytes", 1e9),
             ("tb terabyte terabytes", 1e12)),
    **_named("temperature", "degrees", ("degree degrees degc celsius centigrade", 1)),
    **_named("temperature", "fahrenheit", ("fahrenheit degf", 1)),
    **_named("speed", "km/h", ("kmh kph", 1), ("mph", 1.609)),
    **_named("times", "times", ("time times occasion occasions", 1)),
}  # fmt: skip
"""Words → unit. `pounds` may be money or weight: see `unit_of`."""


def unit_of(word: str) -> Unit | None:
    """Return the unit that a lower-case word names."""
    if word in ("pound", "pounds"):
        return Unit("pounds", "pounds", 1)
    return UNITS.get(word)


def is_time(word: str) -> bool:
    """Tell whether a lower-case word is a unit of time: `months`."""
    unit = unit_of(word)
    return unit is not None and unit.kind == "time"
