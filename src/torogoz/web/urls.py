"""Every address of the application: one module of pages for each group, and the sign-in of allauth without its rest."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

# Nobody signs up, and no password is reset by mail: allauth's other addresses do not exist here.
SIGN_IN = [
    path("sign-in", account.login, name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
    path("account/inactive", account.account_inactive, name="account_inactive"),
    path("account/again", account.reauthenticate, name="account_reauthenticate"),
    path("account/password", account.password_change, name="account_change_password"),
    path("account/second-factor", mfa.index, name="mfa_index"),
    path("account/second-factor/ask", mfa.authenticate, name="mfa_authenticate"),
    path("account/second-factor/again", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/set-up", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/remove", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]

urlpatterns = [
    *SIGN_IN,
    path("", include("torogoz.web.pages.passkeys")),
    path("", include("torogoz.web.pages.again")),
    path("", include("torogoz.web.pages.intake")),
    path("", include("torogoz.web.pages.interactive")),
    path("", include("torogoz.web.pages.session")),
    path("", include("torogoz.web.pages.live")),
    path("", include("torogoz.web.pages.alarms")),
    path("", include("torogoz.web.pages.queue")),
    path("", include("torogoz.web.pages.board")),
    path("", include("torogoz.web.pages.dossier")),
    path("", include("torogoz.web.pages.decision")),
    path("", include("torogoz.web.pages.referral")),
    path("", include("torogoz.web.pages.orders")),
    path("", include("torogoz.web.pages.clearances")),
    path("", include("torogoz.web.pages.handover")),
    path("", include("torogoz.web.pages.holds")),
    path("", include("torogoz.web.pages.search")),
    path("", include("torogoz.web.pages.messages")),
    path("", include("torogoz.web.pages.manifest")),
    path("", include("torogoz.web.pages.carriers")),
    path("", include("torogoz.web.pages.own")),
    path("", include("torogoz.web.pages.scorecard")),
    path("", include("torogoz.web.pages.health")),
    path("", include("torogoz.web.pages.audit")),
    path("", include("torogoz.web.pages.lists")),
    path("", include("torogoz.web.pages.waiting")),
    path("", include("torogoz.web.pages.entries")),
    path("", include("torogoz.web.pages.try_name")),
    path("", include("torogoz.web.pages.trial")),
    path("", include("torogoz.web.pages.rules")),
    path("", include("torogoz.web.pages.schedule")),
]

handler400 = "torogoz.web.pages.errors.bad"
handler403 = "torogoz.web.pages.errors.forbidden"
handler404 = "torogoz.web.pages.errors.missing"
handler500 = "torogoz.web.pages.errors.ours"
handler429 = "torogoz.web.pages.errors.too_many"
