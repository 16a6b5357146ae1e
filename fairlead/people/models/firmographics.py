"""Ready choices that a company and a person have in common: size, business model, industry of a firm."""

from django.db import models


class SizeBand(models.TextChoices):
    """How many people work at a firm."""

    SOLOPRENEUR = "solopreneur", "Solopreneur (1)"
    EMERGING = "emerging", "Emerging (2-5)"
    SMB = "smb", "SMB (6-100)"
    COMMERCIAL = "commercial", "Commercial (101+)"


class BusinessModel(models.TextChoices):
    """How a firm earns its money."""

    B2B = "b2b", "Account/relationship based (B2B)"
    ECOMMERCE = "ecommerce", "Ecommerce"
    DIGITAL_FIRST = "digital_first", "Digital-first"


class Industry(models.TextChoices):
    """What a firm does."""

    LUXURY = "luxury", "Luxury goods"
    TELECOM = "telecom", "Telecommunications"
    MANUFACTURING = "manufacturing", "Manufacturing"
    SOFTWARE = "software", "Software"
    HOSPITALITY = "hospitality", "Hospitality"
    REAL_ESTATE = "real_estate", "Real estate"
    HEALTH_CARE = "health_care", "Health care"
    FITNESS = "fitness", "Fitness"
    FINANCE = "finance", "Finance"
    CONSULTING = "consulting", "Consulting and agency"
    EDUCATION = "education", "Education and training"
    NON_PROFIT = "non_profit", "Non-profit"
    AFFILIATE = "affiliate", "Internet and affiliate marketing"
    MEDIA = "media", "Media, publishing, blogger"
