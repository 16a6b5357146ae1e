"""The industries of other systems (HubSpot's list above all) in the words of ours.

Only what is plainly one of ours stands here: a column with mostly others is better kept in a field of its own.
"""

from fairlead.people.models.firmographics import Industry

_ELSEWHERE = {
    Industry.LUXURY: "luxury goods & jewelry",
    Industry.TELECOM: "telecommunications|wireless",
    Industry.MANUFACTURING: "industrial automation|machinery|electrical electronic manufacturing|automotive|chemicals|"
    "plastics|semiconductors|mechanical or industrial engineering|packaging and containers|textiles|"
    "glass ceramics & concrete|paper & forest products|aviation & aerospace|consumer electronics|shipbuilding|"
    "railroad manufacture|furniture|nanotechnology|produktion|industrie|fertigung",
    Industry.SOFTWARE: "computer software|information technology and services|computer games|"
    "computer & network security|computer networking|technology|it|saas|it services",
    Industry.HOSPITALITY: "leisure travel & tourism|restaurants|food & beverages|hotels|tourism|gastronomie|hotellerie|"
    "travel",
    Industry.REAL_ESTATE: "commercial real estate|immobilien|immobilier|inmobiliaria",
    Industry.HEALTH_CARE: "hospital & health care|medical practice|medical devices|pharmaceuticals|mental health care|"
    "biotechnology|alternative medicine|veterinary|healthcare|health|gesundheit|gesundheitswesen",
    Industry.FITNESS: "health wellness and fitness|sports",
    Industry.FINANCE: "financial services|banking|insurance|investment banking|investment management|accounting|"
    "venture capital & private equity|capital markets|finanzen|finanzdienstleistungen|banque|banca",
    Industry.CONSULTING: "management consulting|marketing and advertising|public relations and communications|"
    "human resources|staffing and recruiting|professional training & coaching|"
    "market research|outsourcing offshoring|consulting|agency|advertising|beratung|unternehmensberatung|conseil|"
    "consultoria",
    Industry.EDUCATION: "education management|higher education|primary secondary education|e learning|education|"
    "bildung|formation",
    Industry.NON_PROFIT: "non profit organization management|philanthropy|civic & social organization|fund raising|"
    "religious institutions|nonprofit|ngo|verein",
    Industry.MEDIA: "media production|publishing|newspapers|online media|broadcast media|writing and editing|"
    "entertainment|music|motion pictures and film|animation|medien",
}


ELSEWHERE = tuple((word, str(ours)) for ours, words in _ELSEWHERE.items() for word in words.split("|"))
