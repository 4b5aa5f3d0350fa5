"""The sample base as a workbook: three sheets that came from three places, and the purchases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from xlcrm.catalogue import template
from xlcrm.templates.sample import mess
from xlcrm.templates.sample.plans import actions, survey
from xlcrm.templates.sample.world import AS_OF, Company, Person, make_companies, make_people
from xlcrm.texts import Lang, Text

_SEED = 20261121
_CREATED = datetime(2026, 11, 21)
_PRODUCTS = [
    ("Crème visage à l'aloe vera", 24.9),
    ("Huile d'argan 50 ml", 19.5),
    ("Shampooing solide au miel", 9.9),
    ("Savon au lait d'ânesse", 6.5),
    ("Coffret découverte", 49.0),
    ("Sérum anti-âge à la rose", 38.0),
    ("Baume à lèvres au karité", 5.9),
    ("Eau florale de bleuet", 12.5),
    ("Gommage au sel de Guérande", 16.9),
    ("Masque à l'argile verte", 14.0),
]


@dataclass(frozen=True, slots=True)
class Sample:
    """The sheets as rows of cells, title rows included, and who each contact row really is."""

    fair: list[list[Any]]
    shop: list[list[Any]]
    web: list[list[Any]]
    orders: list[list[Any]]
    actions: list[list[Any]]
    survey: list[list[Any]]
    truth: dict[tuple[str, int], int]  # (sheet, row number) -> entity
    fair_merges: list[tuple[int, int, int, int]]


_NAMES = {
    "fair": Text(fr="Salon", en="Trade fair"),
    "shop": Text(fr="Boutique", en="Shop"),
    "web": Text(fr="Site web", en="Web site"),
    "orders": Text(fr="Achats", en="Purchases"),
    "actions": Text(fr="Actions", en="Actions"),
    "survey": Text(fr="Enquête", en="Survey"),
}


def make_sample(lang: Lang = "fr") -> Sample:
    """The same customers and the same mess on every call; only the labels change language."""
    rng = Random(_SEED)
    people = make_people(rng, 740)
    companies = make_companies(rng, 90, len(people))
    truth: dict[tuple[str, int], int] = {}
    fair, merges = _fair(rng, people, companies, lang, truth)
    shop, cards = _shop(rng, people, lang, truth)
    web, accounts = _web(rng, people, companies, truth, lang)
    orders = _orders(rng, cards + accounts, lang)
    return Sample(fair, shop, web, orders, actions(lang), survey(lang), truth, merges)


def _fair(
    rng: Random, people: list[Person], companies: list[Company], lang: Lang, truth: dict[Any, int]
) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    """Typed by hand at three fairs: a title, a blank row, merged groups over the labels."""
    fr = lang == "fr"
    title = "Contacts salons 2024-2026 (saisie manuelle)" if fr else "Fair contacts (typed by hand)"
    groups = (
        ["Identité", "", "", "", "", "Coordonnées", "", "", "", "", "Accord", "", "", "Salon", ""]
        if fr
        else ["Identity", "", "", "", "", "Contact", "", "", "", "", "Consent", "", "", "Fair", ""]
    )
    labels = (
        "Civ.;NOM;Prénom;Société;Secteur;Adresse;CP;Ville;Tél.;Mail;Tél.;E-mail;SMS;Date;Remarques"
        if fr
        else "Title;Last name;First name;Company;Sector;Address;Postcode;Town;Phone;E-mail;"
        "Phone;E-mail;SMS;Date;Comment"
    ).split(";")
    rows: list[list[Any]] = [[title], [], groups, labels]
    merges = [(3, 1, 3, 5), (3, 6, 3, 10), (3, 11, 3, 13), (3, 14, 3, 15), (1, 1, 1, 15)]
    visitors = rng.sample(people, 300) + [c.contact for c in rng.sample(companies, 60)]
    visitors += rng.sample(visitors, 55)  # met at two fairs
    by_contact = {c.contact.entity: c for c in companies}
    rng.shuffle(visitors)
    for person in visitors:
        company = by_contact.get(person.entity)
        rows.append(_fair_row(rng, person, company))
        truth[_NAMES["fair"].in_(lang), len(rows)] = person.entity
        if rng.random() < 0.01:
            rows.append([])
    return rows, merges


def _fair_row(rng: Random, person: Person, company: Company | None) -> list[Any]:
    met = rng.choice([date(2024, 4, 12), date(2025, 4, 11), date(2026, 4, 10), date(2025, 10, 4)])
    name = mess.name(rng, person.last)
    if person.birth_name and rng.random() < 0.3:
        name = f"{name} née {person.birth_name}"
    remark = rng.choice(
        [None] * 12
        + ["rappeler le soir", "-10 % promis", "=à revoir", "+ échantillon", "@insta vue", "VIP"]
    )
    civility = mess.civility(rng, person.civility)
    if not company and rng.random() < 0.012:
        civility = "M. et Mme"
    form = f"{company.form} " if company and rng.random() < 0.5 else ""
    return [
        civility,
        mess.lost(rng, name, 0.01),
        mess.lost(rng, mess.name(rng, person.first), 0.05),
        (form + mess.name(rng, company.name).strip()) if company else None,
        company.sector if company else None,
        mess.lost(rng, mess.street(rng, person.street), 0.15),
        mess.lost(rng, mess.postcode(rng, person.postcode), 0.08),
        mess.lost(rng, mess.town(rng, person.town), 0.06),
        mess.lost(rng, mess.phone(rng, rng.choice([person.mobile, person.landline])), 0.2),
        mess.lost(rng, mess.email(rng, person.email), 0.25),
        mess.flag(rng, person.consent["tel"]),
        mess.flag(rng, person.consent["email"]),
        mess.flag(rng, person.consent["sms"]),
        mess.day(rng, met),
        remark,
    ]


def _shop(
    rng: Random, people: list[Person], lang: Lang, truth: dict[Any, int]
) -> tuple[list[list[Any]], list[tuple[str, str]]]:
    """Loyalty cards of three shops: the whole name in one column, the whole address in another."""
    labels = (
        "N° carte;Nom complet;Né(e) le;Profession;Adresse complète;Portable;E-mail;Magasin;"
        "Client depuis;Newsletter;Points"
        if lang == "fr"
        else "Card no;Full name;Birth date;Job;Full address;Mobile;E-mail;Store;Customer since;"
        "Newsletter;Points"
    ).split(";")
    rows: list[list[Any]] = [labels]
    cards: list[tuple[str, str]] = []
    holders = rng.sample(people, 370)
    holders += rng.sample(holders, 40)  # a second card, the first one lost
    rng.shuffle(holders)
    shops = {"4": "Nantes", "5": "Lille", "6": "Lille"}
    for number, person in enumerate(holders, 1):
        card = f"MN-{number:05d}"
        since = date(2021, 1, 1) + timedelta(days=rng.randint(0, 2100))
        first, last = mess.name(rng, person.first).strip(), mess.name(rng, person.last).strip()
        civility = mess.civility(rng, person.civility)
        full = f"{last} {first}" if rng.random() < 0.4 else f"{first} {last}"
        if civility and rng.random() < 0.5:
            full = f"{civility} {full}"
        place = f"{mess.town(rng, person.town).strip()}"
        address = f"{mess.street(rng, person.street)}, {person.postcode} {place}"
        rows.append(
            [
                card,
                full,
                mess.lost(rng, mess.day(rng, person.birth), 0.2),
                mess.lost(rng, person.job, 0.3),
                mess.lost(rng, address, 0.1),
                mess.lost(rng, mess.phone(rng, person.mobile), 0.1),
                mess.lost(rng, mess.email(rng, person.email), 0.2),
                shops.get(person.postcode[0], "Paris"),
                mess.day(rng, since),
                mess.flag(rng, person.consent["email"]),
                rng.randint(0, 900),
            ]
        )
        truth[_NAMES["shop"].in_(lang), len(rows)] = person.entity
        cards.append((card, "p"))
    return rows, cards


def _web(
    rng: Random, people: list[Person], companies: list[Company], truth: dict[Any, int], lang: Lang
) -> tuple[list[list[Any]], list[tuple[str, str]]]:
    """Exported by a form tool, in English, with ISO dates and yes/no as 1 and 0."""
    labels = (
        "Customer ID;First name;Last name;Company;VAT number;SIRET;Industry;Employees;"
        "Email address;Phone;Street address;Zip code;City;Country;Marketing consent;"
        "SMS opt-in;Unsubscribed;Created at"
    ).split(";")
    rows: list[list[Any]] = [labels]
    accounts: list[tuple[str, str]] = []
    members: list[tuple[Person, Company | None]] = [(p, None) for p in rng.sample(people, 300)]
    members += [(c.contact, c) for c in rng.sample(companies, 75)]
    rng.shuffle(members)
    for number, (person, company) in enumerate(members, 1):
        account = f"W{10000 + number * 7}"
        row = _web_row(rng, account, person, company)
        rows.append(row)
        truth[_NAMES["web"].in_(lang), len(rows)] = person.entity
        accounts.append((account, "c" if company else "p"))
    return rows, accounts


def _web_row(rng: Random, account: str, person: Person, company: Company | None) -> list[Any]:
    siren = company.siren if company else ""
    vat = f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}" if siren else None
    siret: Any = company.siret if company else None
    if siret and rng.random() < 0.3:
        siret = float(siret)
    elif siret and rng.random() < 0.08:
        siret = siret[:-1] + str((int(siret[-1]) + 1) % 10)  # one digit wrong
    made = _CREATED - timedelta(days=rng.randint(1, 1900), seconds=rng.randint(0, 80000))
    email = rng.random()
    return [
        account,
        mess.name(rng, person.first),
        mess.name(rng, person.last),
        company.name if company else None,
        mess.lost(rng, vat, 0.3) if company else None,
        mess.lost(rng, siret, 0.25) if company else None,
        company.sector if company else None,
        company.headcount if company else None,
        person.email if email < 0.8 else mess.email(rng, person.email),
        mess.lost(rng, mess.phone(rng, person.mobile), 0.15),
        mess.lost(rng, mess.street(rng, person.street), 0.05),
        mess.lost(rng, mess.postcode(rng, person.postcode), 0.03),
        mess.lost(rng, mess.town(rng, person.town), 0.03),
        rng.choice(["France", "FRANCE", "FR", "France", None]),
        1 if person.consent["email"] else 0,
        1 if person.consent["sms"] else 0,
        1 if rng.random() < 0.06 else 0,
        made.strftime("%Y-%m-%dT%H:%M:%SZ"),
    ]


def _orders(rng: Random, accounts: list[tuple[str, str]], lang: Lang) -> list[list[Any]]:
    """About 4,000 lines since November 2024, with refunds and what goes wrong in them."""
    labels = (
        "N° commande;Date d'achat;N° client;Produit;Quantité;Montant TTC;Rembourse"
        if lang == "fr"
        else "Order ID;Order date;Customer ID;Product;Quantity;Amount;Refund of"
    ).split(";")
    lines: list[tuple[date, list[Any]]] = []
    number = 0
    for account, kind in accounts:
        if rng.random() < 0.14:
            continue  # never bought
        last = AS_OF - timedelta(days=int(rng.expovariate(1 / 240)))
        rate = rng.choice([0.2, 0.3, 0.5, 0.8, 1.2, 2.6, 7.0]) * (1.5 if kind == "c" else 1)
        lines_each = rng.choice([1, 1, 1, 4])
        when = last
        while when > date(2024, 11, 1):
            number += 1
            order = f"C{number:05d}"
            for _ in range(lines_each):
                lines.append((when, _line(rng, order, when, account, kind)))
            if rng.random() < 0.03:
                refund = list(lines[-1][1])
                back = when + timedelta(days=rng.randint(3, 20))
                refund[0], refund[1], refund[6] = f"A{number:05d}", _at(back), order
                refund[5] = -abs(refund[5]) if isinstance(refund[5], float) else -9.9
                if back <= AS_OF:
                    lines.append((back, refund))
            when -= timedelta(days=max(1, int(rng.expovariate(rate / 365))))
    lines.sort(key=lambda line: (line[0], line[1][0]))
    rows = [labels] + [row for _, row in lines]
    _spoil(rng, rows)
    return rows


def _line(rng: Random, order: str, when: date, account: str, kind: str) -> list[Any]:
    product, price = rng.choice(_PRODUCTS)
    quantity = rng.choice([1, 1, 1, 2, 3]) * (rng.choice([3, 6, 12]) if kind == "c" else 1)
    amount = round(price * quantity * (0.7 if kind == "c" else 1), 2)
    return [order, _at(when), account, product, quantity, mess.money(rng, amount), None]


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _spoil(rng: Random, rows: list[list[Any]]) -> None:
    """The lines that a score must not swallow in silence."""
    for position in rng.sample(range(1, len(rows)), 60):
        row = rows[position]
        fault = position % 6
        if fault == 0:
            row[1] = None
        elif fault == 1:
            row[1] = datetime(2099, 1, 1)
        elif fault == 2:
            row[2] = f"X{rng.randint(100, 999)}"
        elif fault == 3:
            row[1] = row[1].strftime("%d/%m/%Y") if row[1] else row[1]
        elif fault == 4:
            row[5] = "offert"
        else:
            row[2] = None


@template(
    "sample",
    "base-exemple",
    group="contacts",
    label=Text(fr="Base d'exemple Marielle Nature", en="Marielle Nature sample base"),
    summary=Text(
        fr="Une base clients fictive et en désordre, en trois feuilles, avec ses achats : pour "
        "essayer et pour apprendre.",
        en="A fictional, messy customer base in three sheets, with its purchases: to try and "
        "to learn.",
    ),
    icon="TableInsertExcel",
)
def build_sample(path: Path, lang: Lang = "fr", teacher: bool = False) -> None:
    """Write the sample base as an .xlsx, the same bytes on every build."""
    import xlsxwriter

    sample = make_sample(lang)
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": "Marielle Nature", "author": "xlcrm", "created": _CREATED, "company": ""}
    )
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "group": book.add_format({"bold": True, "align": "center", "bg_color": "#DDEBF0"}),
        "label": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    for key, rows in (
        ("fair", sample.fair),
        ("shop", sample.shop),
        ("web", sample.web),
        ("orders", sample.orders),
        ("actions", sample.actions),
        ("survey", sample.survey),
    ):
        sheet = book.add_worksheet(_NAMES[key].in_(lang))
        head = 4 if key == "fair" else 1
        _write(sheet, rows, head, formats)
        sheet.freeze_panes(head, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head - 1)
        if key == "fair":
            for top, left, bottom, right in sample.fair_merges:
                text = rows[top - 1][left - 1]
                style = formats["title" if top == 1 else "group"]
                sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, text, style)
    book.close()


def _write(sheet: Any, rows: list[list[Any]], head: int, formats: dict[str, Any]) -> None:
    widths: dict[int, int] = {}
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None or value == "":
                continue
            if r < head:
                sheet.write_string(r, c, value, formats["label"])
            elif isinstance(value, datetime):
                sheet.write_datetime(r, c, value, formats["date"])
            elif isinstance(value, str):
                sheet.write_string(r, c, value)
            else:
                sheet.write_number(r, c, value, formats["money"] if value % 1 else None)
            if r >= head - 1:
                shown = 10 if isinstance(value, (datetime, float)) else len(str(value))
                widths[c] = min(36, max(widths.get(c, 6), shown + 1))
    for c, width in widths.items():
        sheet.set_column(c, c, width)
