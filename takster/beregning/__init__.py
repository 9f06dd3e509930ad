"""The takst engine: the formulas of rules-takst § 3, pure, typed, exact, each result with the steps that led to it.

| module | formulas |
|---|---|
| `takst` | F1 the takst of a year |
| `belaegning` | F2 budgeted and F3 actual occupancy, day basis |
| `efterregulering` | F4 provenu and result, F5 efterregulering, F6 hensættelse |
| `pris` | F7 package price, F8 individual price |
| `sammenligning` | F9 free choice, F10 private prices net |
| `finansiering` | F11 objective finance, F13 state refund, F14 part-time |
| `loft` | F16 growth ceiling |
| `betaling` | days times takst (§ 5) |

`modeller` holds the takst models by name, `fil` computes a file of cases. Below them: `tal` (exact arithmetic, bounds), `trin`
(steps, rounding, terms), `dateret`, `vaerdiobjekt` (checks, JSON), `strengjson`. Nothing here reads a database or a clock.
"""
