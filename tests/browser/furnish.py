"""Fills a home with one of everything that a page can show, by the same steps as everybody, and prints where it is.

`python -m tests.browser.furnish HOME` prints one JSON object: what each page's address needs. Run in a process of its
own, beside the server of the home.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

from torogoz.cli.django import ready
from torogoz.domain.route import pasted

if __name__ == "__main__":
    ready(Path(sys.argv[1]))

    from django.db import transaction
    from django.db.models import Count
    from django.utils import timezone

    from torogoz.domain.answer import Effect
    from torogoz.domain.clearance import ProofKind, Repeat, bearer
    from torogoz.domain.dates import PartialDate
    from torogoz.domain.disposition import Answers
    from torogoz.domain.hit import Action, Ground, HitStatus, Identity
    from torogoz.domain.journey import Direction
    from torogoz.domain.purpose import Purpose, readable_classes
    from torogoz.domain.referral import Channel
    from torogoz.domain.safe_text import TEXTS
    from torogoz.domain.watchlist import ListAction
    from torogoz.flow import accounts, agree, contest, holds, orders, proofs, review, rules, share
    from torogoz.flow.compose import Arrival, take_in
    from torogoz.flow.notice import notice
    from torogoz.flow.proofs import Proof
    from torogoz.flow.schedule import import_schedule
    from torogoz.flow.screen import rescreen_due
    from torogoz.flow.seal import seal
    from torogoz.flow.watchlists import Live, import_list
    from torogoz.storage.access.guard import who_is
    from torogoz.storage.access.marks import review as review_mark
    from torogoz.storage.access.orders import orders_for
    from torogoz.storage.access.search import By, search
    from torogoz.storage.clearances import what_binds
    from torogoz.storage.evidence import latest_views
    from torogoz.storage.keys import keyring
    from torogoz.storage.masking import mask_travellers
    from torogoz.storage.models import (
        Account,
        AuditEntry,
        AuditText,
        Hit,
        Journey,
        JourneyTraveller,
        ReceivedMessage,
        RepeatedStop,
        RuleVersion,
        TargetingRule,
        Watchlist,
    )
    from torogoz.synth.files import schedule_csv
    from torogoz.synth.watchlists import DOCUMENTS, PERSONS, to_csv
    from torogoz.synth.world import make_day
    from torogoz.targeting.examples import example_rules

    now = timezone.now()
    analyst, second = (who_is(accounts.known(name), Purpose.SERIOUS_CRIME) for name in ("analyst", "supervisor"))
    day = make_day(1, now, "tiny")
    listed_people = [one.entry for one in day.watchlists.persons]
    import_list(None, PERSONS, [to_csv(listed_people).encode()], now)
    import_list(None, DOCUMENTS, [to_csv(day.watchlists.documents).encode()], now)
    documents = example_rules((now + timedelta(days=90)).date())
    proposed = [rules.propose(analyst, json.dumps(each).encode(), now) for each in documents]
    for version in proposed[1:]:
        rules.approve(second, version, "Reviewed with the author", now)
    rules.request_stop(analyst, proposed[-1], "It has found nothing for a month", now)
    import_schedule(None, schedule_csv(day.flights).encode(), now)
    take_in(
        [Arrival(f"{place}.edi", each.content) for place, each in enumerate(day.deliveries)], source="spool", now=now
    )
    # What a day plants differs with its minute. So that enough people can be remembered in any, six of whom all sources
    # tell the same are listed by what was sent of them.
    unlisted = JourneyTraveller.objects.filter(has_api=True, has_pnr=True, minor=False, hits=None)
    told = (
        (row, bearer(view.traveller for view in latest_views(row, readable_classes(Purpose.SERIOUS_CRIME), keyring())))
        for row in unlisted.exclude(status="not_travelling").order_by("pk")
    )
    named = list(islice(((row, who) for row, who in told if not who.unbound), 6))
    model = next(each for each in listed_people if each.terms and each.terms.action is ListAction.REFER)
    more = [
        replace(
            model,
            id=f"F-{row.pk}",
            names=(f"{row.surname}, {row.given_names}",),
            birth_dates=(PartialDate.parse(who.birth_date),),
            nationalities=(),
            documents=(),
        )
        for row, who in named
    ]
    import_list(None, PERSONS, [to_csv([*listed_people, *more]).encode()], now)
    rescreen_due(now)

    refer = Answers(
        identity=Identity.SAME,
        identity_reason="As listed",
        ground=Ground.YES,
        ground_reason="The entry is in force",
        action=Action.REFER,
        action_reason="Its owner asks for it",
    )
    hits = Hit.objects.filter(queued=True, status=HitStatus.OPEN, traveller__minor=False).exclude(
        traveller__status="not_travelling"
    )
    waiting = hits.order_by("gravity", "pk")[0]
    Hit.objects.filter(pk=waiting.pk).update(gravity=1)  # whom a day plants differs with its minute; this page must be
    review.claim(analyst, waiting.pk, now)
    decision_to_second = review.decide(analyst, waiting.pk, refer, now)
    referred, unreferred, free, *_ = hits.filter(
        gravity__gt=1, traveller__has_api=True, traveller__has_pnr=True
    ).order_by("pk")
    for hit in (referred, unreferred):
        review.claim(analyst, hit.pk, now)
    decision = review.decide(analyst, referred.pk, refer, now)
    officer = accounts.known("officer").pk
    referral = share.refer(analyst, decision, officer, Channel.SCREEN, TEXTS[Action.REFER]["en"], now)
    review.write_note(analyst, referred.traveller_id, "Called the post at noon", now)
    today = now.date()
    # Who was cleared, by a reviewer and by what they brought, and one who was stopped in spite of it.
    listed = hits.exclude(pk__in=(referred.pk, unreferred.pk, free.pk)).filter(cause_kind="watchlist", gravity__gt=1)
    bound, left_out, *_ = [each for each in listed.order_by("pk") if not what_binds(each, keyring()).unbound]
    review.claim(analyst, bound.pk, now)
    not_theirs = Answers(
        Identity.NOT_SAME, "Another mother, another town", Ground.NO, "None", Action.NONE, "Nothing is done"
    )
    review.decide(analyst, bound.pk, not_theirs, now)
    RepeatedStop.objects.create(hit=bound, kind=Repeat.SAME, at=now)
    bearing = what_binds(left_out, keyring())
    entered = Proof(
        *(ProofKind.HOMONYM_CERTIFICATE, "Dirección Ficticia de Migración", "CH-2026-77", bearing.number),
        *(bearing.issuer, bearing.birth_date, now.date() + timedelta(days=365)),
        Watchlist.objects.get(name=left_out.cause_source).pk,
    )
    proofs.verify(second, proofs.enter(analyst, entered, now), now)
    proofs.enter(analyst, replace(entered, kind=ProofKind.REDRESS_NUMBER, number="R-2026-78"), now)
    rescreen_due(now)
    holds.place(
        second,
        free.traveller_id,
        "Order 17 of the second court",
        today + timedelta(days=90),
        today + timedelta(days=365),
        now,
    )
    taken = {each.traveller_id for each in (free, bound, left_out)}
    undecided = hits.exclude(pk__in=(referred.pk, unreferred.pk)).exclude(traveller__in=taken)[0]
    with transaction.atomic():
        mask_travellers([undecided.traveller_id], now, keyring())
    accounts.rename("analyst", "García López, María Elena", now)
    for text in ("garcia", "garcia lopez, maria", "perez"):
        search(analyst, By.NAME, text, now)
    marks: list[int] = []
    while len(marks) < 2:  # the house's own worker may be at it
        seal(now, wait=True)
        notice(now)
        marks = list(AuditEntry.objects.filter(event="reading.marked").values_list("pk", flat=True))
    # What is agreed with the carrier that sent most, and what its own person contests.
    [own] = (
        ReceivedMessage.objects.exclude(carrier="").values_list("carrier").annotate(n=Count("pk")).order_by("-n")[:1]
    )
    Account.objects.filter(username="carrier").update(carrier=own[0])
    agreed = agree.agree(
        second,
        own[0],
        agree.Terms("Aerolínea de ejemplo", severities={"SEGMENT_CUT_OFF": "error"}, expected=pasted("* * API 60")),
        now,
    )
    agree.declare_outage(second, agreed, now - timedelta(hours=2), None, "The line to the airport is cut", now)
    found = ReceivedMessage.objects.filter(carrier=own[0]).exclude(findings=[]).latest("pk")
    # An order that acts for a traveller, and one that waits for its second person.
    orders_of = {name: who_is(accounts.known(name), Purpose.BORDER_CONTROL) for name in ("analyst", "supervisor")}
    leaves = Journey.objects.get(pk=referred.journey_id).direction
    draft = orders.Draft(
        *("Juzgado Segundo Ficticio", "17-2026", "Código Ficticio, art. 9"),
        *(Effect.ADVISORY, False, Direction(leaves)),
        *(today - timedelta(days=3), today + timedelta(days=60)),
        "Whom the order names, as it names them",
    )
    order = orders.enter(orders_of["analyst"], draft, now)
    orders.agree(orders_of["supervisor"], order, now)
    barred = orders_for(orders_of["analyst"], referred.traveller_id, now).applied[0].bars
    if not barred:
        orders.confirm(orders_of["analyst"], order, referred.traveller_id, "Passport is that of the order", now)
    waits = replace(draft, effect=Effect.NO_BOARD, exit_ban=True, direction=Direction.OUTBOUND, file_number="18-2026")
    orders.enter(orders_of["analyst"], waits, now)
    contest.contest(who_is(accounts.known("carrier")), found.pk, 0, "The day is in our calendar", now)
    review_mark(who_is(accounts.known("protection")), marks[0], "Asked: a namesake of hers was on the list", now)
    # A change of a list that waits: somebody was added, somebody changed, and many are gone.
    watched = Watchlist.objects.earliest("pk")
    first, *others = listed_people[:40]
    moved = replace(first, names=(*first.names, "OTRO NOMBRE FICTICIO"))
    added = replace(first, id="F-1", names=("NUEVA FICTICIA",))
    update = import_list(second, PERSONS, [to_csv([moved, *others, added]).encode()], now, live=Live.LOOK)
    # An entry that fires too often; its hits are the dossiers', so that the queue stays as the day made it.
    loud = Hit.objects.filter(cause_kind="watchlist").earliest("pk")
    for other in JourneyTraveller.objects.exclude(hits__cause_key=loud.cause_key).filter(masked_at=None)[:12]:
        loud.pk, loud.traveller, loud.journey, loud.queued, loud.raised_at = None, other, other.journey, False, now
        loud.save(force_insert=True)
    print(  # noqa: T201 - what the caller reads
        json.dumps(
            {
                "traveller": referred.traveller_id,
                "message": ReceivedMessage.objects.filter(status="refused").latest("pk").pk,
                "loaded": referred.sources.earliest("message_id").message_id,
                "flight": referred.journey_id,
                "agreed": agreed,
                "found": found.pk,
                "masked": undecided.traveller_id,
                "masked_flight": undecided.journey_id,
                "empty_flight": Journey.objects.filter(travellers=None).values_list("pk", flat=True).first(),
                "hit": free.pk,
                "cleared": left_out.traveller_id,
                "cleared_hit": left_out.pk,
                "binds": bound.pk,
                "claimed": unreferred.pk,
                "unreferred": review.decide(analyst, unreferred.pk, refer, now),
                "referral": referral,
                "watchlist": watched.pk,
                "entry": watched.entries.filter(version_to=None, purpose=Purpose.SERIOUS_CRIME).earliest("pk").pk,
                "waiting": update.waiting,
                "loud_list": Watchlist.objects.get(name=loud.cause_source).pk,
                "rule": TargetingRule.objects.filter(versions__state=RuleVersion.State.ACTIVE).earliest("pk").pk,
                "proposed": RuleVersion.objects.get(pk=proposed[0]).rule_id,
                "text": AuditText.objects.values_list("entry", flat=True).first(),
                "mark": marks[1],
                "looked_at": marks[0],
                "name": referred.traveller.surname,
                "listed_name": Hit.objects.exclude(matched_name="").earliest("pk").matched_name,
            }
        )
    )
