"""The settings of sales: products, rates, reasons, scores."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import money
from fairlead.kernel.currencies import CURRENCIES
from fairlead.kernel.errors import InvalidInput
from fairlead.sales import access, currencies
from fairlead.sales.actions import currency_changes, outcomes, products, rates, reasons
from fairlead.sales.models import CurrencyChange, CurrencyRate, Product, Reason
from fairlead.sales.web.place import url
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm, Needed
from fairlead.shell.responses import done, is_partial
from fairlead.tenancy.public import one


@require_GET
def product_list(request: FirmRequest) -> HttpResponse:
    """List what the firm sells: `?archived=1` what it sold."""
    archived = bool(request.GET.get("archived"))
    rows = access.products(request.actor, archived=archived).order_by("name_norm")
    context = {
        "rows": [(p, money.shown(p.unit_price, p.currency)) for p in rows], "archived": archived,
        "url": url(request, "products"), "may": request.actor.can("products.manage"),
    }  # fmt: skip
    return render(request, "sales/products.html", context)


RATE_SAVED = "Rate saved. Every total uses it, those of the past as soon as they are worked out."


def product_form(request: FirmRequest, product_id: UUID | None = None) -> HttpResponse:
    """Make or change a product."""
    request.actor.require("products.manage")
    product = one(Product.rows(), product_id) if product_id else None
    form = dialogs.make(request, _product_fields(), _product_values(product))
    if request.method == "POST":
        try:
            if product:
                products.update_product(product.pk, form.typed(), by=request.actor)
            else:
                products.create_product(form.typed(), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Product saved.", to=url(request, "products"))
    return dialogs.dialog(request, form, title=product.name if product else "New product")


def _product_fields() -> dict[str, forms.Field]:
    return {
        "name": Needed(label="Name"),
        "unit_price": forms.CharField(label="Price", required=False, help_text="Such as 120 or 99.50."),
        "currency": forms.ChoiceField(label="Currency", choices=[(c, c) for c in CURRENCIES], required=False,
                                      widget=forms.Select(attrs={"data-search": "1"})),
        "unit": forms.CharField(label="Unit", required=False, help_text="Hour, licence, piece …"),
        "sku": forms.CharField(label="Code", required=False),
        "description": forms.CharField(label="Description", required=False, widget=forms.Textarea(attrs={"rows": 3})),
    }  # fmt: skip


def _product_values(product: Product | None) -> dict[str, Any]:
    if product is None:
        return {"currency": currencies.home()}
    values: dict[str, Any] = {n: getattr(product, n) for n in ("name", "currency", "unit", "sku", "description")}
    return {**values, "unit_price": str(money.major(product.unit_price, product.currency))}


@require_POST
def product_archive(request: FirmRequest, product_id: UUID) -> HttpResponse:
    """Take a product off the list, or put it back (POST `restore`)."""
    verb = products.restore_product if request.POST.get("restore") else products.archive_product
    product = verb(product_id, by=request.actor)
    return done(request, f"{product.name} saved.", to=url(request, "products"))


def rate_list(request: FirmRequest) -> HttpResponse:
    """Show the rates that hold, those that held, and the form that sets one."""
    request.actor.require("deals.view")
    held = currencies.rates()
    rows = [(r, held.table.get(r.currency) and held.table[r.currency].valid_from == r.valid_from)
            for r in CurrencyRate.rows().order_by("currency", "-valid_from")]  # fmt: skip
    context = {
        "rows": rows, "home": held.home, "url": url(request, "rates"), "may": request.actor.can("rates.manage"),
        "change": currency_changes.open_change(), "worth_url": url(request, "worth"),
        "latest": CurrencyChange.rows().order_by("-created_at").first(),
        "amounts": [(said, said.kept.url(request.firm.slug)) for said in access.conditions(request.actor)],
    }  # fmt: skip
    return render(request, "sales/rates.html", context)


def rate_form(request: FirmRequest) -> HttpResponse:
    """Set a rate."""
    request.actor.require("rates.manage")
    home = currencies.home()
    fields: dict[str, forms.Field] = {
        "currency": forms.ChoiceField(label="Currency", choices=[(c, c) for c in CURRENCIES if c != home],
                                      required=False, widget=forms.Select(attrs={"data-search": "1"})),
        "rate": forms.CharField(label=f"One unit in {home}", required=False, help_text="Such as 1.0842."),
        "valid_from": forms.DateField(label="Valid from", required=False, help_text="Today when empty.",
                                      widget=forms.DateInput(attrs={"type": "date"})),
    }  # fmt: skip
    form = dialogs.make(request, fields, {"currency": request.GET.get("currency", "EUR")})
    if request.method == "POST" and form.is_valid():
        typed = form.typed()
        try:
            rates.set_rate(
                typed["currency"],
                typed["rate"],
                valid_from=typed["valid_from"],
                by=request.actor,
                base=request.GET.get("base", ""),
            )
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, RATE_SAVED, to=url(request, "rates"))
    return dialogs.dialog(request, form, title="Set a rate", action=f"{request.path}?base={home}")


@require_POST
def rate_delete(request: FirmRequest, rate_id: UUID) -> HttpResponse:
    """Take a rate away."""
    rates.delete_rate(rate_id, by=request.actor)
    return done(request, "Rate deleted.", to=url(request, "rates"))


def reason_list(request: FirmRequest) -> HttpResponse:
    """Show the firm's words for why deals end, its competitors, and what holds for all deals."""
    return _reasons(request, _settings_form(request))


def _reasons(request: FirmRequest, form: ActionForm) -> HttpResponse:
    rows = access.reasons(request.actor).order_by("kind", "position")
    groups = [(kind, label, [r for r in rows if r.kind == kind]) for kind, label in Reason.Kind.choices]
    context = {
        "groups": groups, "form": form, "url": url(request, "reasons"), "settings_url": url(request, "sales-settings"),
        "may": request.actor.can("pipelines.manage"),
    }  # fmt: skip
    part = "sales/settings_form.html" if form.errors and is_partial(request) else "sales/reasons.html"
    return render(request, part, context, status=422 if form.errors else 200)


def _settings_form(request: FirmRequest) -> ActionForm:
    stored = outcomes.settings()
    fields: dict[str, forms.Field] = {
        "silent_days": forms.CharField(label="Days without activity after which a deal is at risk", required=False,
                                       widget=forms.NumberInput(attrs={"step": "1"})),
        "loss_reason_required": forms.BooleanField(label="A reason is needed to lose a deal", required=False),
    }  # fmt: skip
    return dialogs.make(request, fields, {name: getattr(stored, name) for name in fields}, watched=True)


def reason_form(request: FirmRequest, kind: str = "", reason_id: UUID | None = None) -> HttpResponse:
    """Add a word, or rename one."""
    request.actor.require("pipelines.manage")
    reason = one(access.reasons(request.actor), reason_id) if reason_id else None
    label = Reason.Kind(reason.kind if reason else kind).label if reason or kind in Reason.Kind.values else "Word"
    form = dialogs.make(request, {"name": Needed(label=label)},
                        {"name": reason.name if reason else ""})  # fmt: skip
    if request.method == "POST":
        try:
            name = form.typed()["name"] or ""
            if reason:
                reasons.update_reason(reason.pk, name, by=request.actor)
            else:
                reasons.create_reason(kind, name, by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Saved.", to=url(request, "reasons"))
    return dialogs.dialog(request, form, title=reason.name if reason else f"New: {label.lower()}")


@require_POST
def reason_archive(request: FirmRequest, reason_id: UUID) -> HttpResponse:
    """Take a word off its list."""
    reasons.archive_reason(reason_id, by=request.actor)
    return done(request, "Taken off the list. Past deals keep it.", to=url(request, "reasons"))


@require_POST
def save_settings(request: FirmRequest) -> HttpResponse:
    """Save what holds for all deals."""
    request.actor.require("pipelines.manage")
    form = _settings_form(request)
    try:
        reasons.update_settings(form.typed(), by=request.actor)
    except InvalidInput as error:
        form.refuse(error)
        return _reasons(request, form)
    return done(request, "Settings saved.", to=url(request, "reasons"))
