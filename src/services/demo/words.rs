//! Word lists for demo people, by region. Surnames are combined from two halves and first names are
//! common, so the data describes no real person. Each word has a second form for addresses.

use domain::account::Language;

/// A word, and its form in ASCII.
pub(super) type Word = (&'static str, &'static str);

/// Names, addresses and companies of one region.
pub(super) struct Region {
    /// Percentage of the customers.
    pub share: u32,
    pub language: Language,
    pub women: &'static [Word],
    pub men: &'static [Word],
    pub surname_starts: &'static [Word],
    pub surname_ends: &'static [Word],
    /// Cities, with the first digits of their postal codes.
    pub cities: &'static [(&'static str, &'static str)],
    /// Format of a street address: `{s}` is a street name, `{n}` a number.
    pub street: &'static str,
    pub streets: &'static [&'static str],
    /// Format of a postal code: `*` is the city's digits, `#` a digit, `A` a letter.
    pub zip: &'static str,
    /// Format of a phone number: `#` is a digit.
    pub phone: &'static str,
    /// Formats of company names: `{s}` is a surname.
    pub companies: &'static [&'static str],
}

pub(super) const REGIONS: [Region; 8] =
    [GERMAN, ENGLISH, FRENCH, ARABIC, POLISH, TURKISH, SPANISH, JAPANESE];

const GERMAN: Region = Region {
    share: 52,
    language: Language::De,
    women: &[
        ("Anna", "anna"),
        ("Lena", "lena"),
        ("Käthe", "kaethe"),
        ("Jördis", "joerdis"),
        ("Marie", "marie"),
        ("Ute", "ute"),
        ("Silke", "silke"),
    ],
    men: &[
        ("Jürgen", "juergen"),
        ("Paul", "paul"),
        ("Götz", "goetz"),
        ("Jonas", "jonas"),
        ("Björn", "bjoern"),
        ("Emil", "emil"),
        ("Karl", "karl"),
    ],
    surname_starts: &[
        ("Brück", "brueck"),
        ("Hasel", "hasel"),
        ("Linden", "linden"),
        ("Steinen", "steinen"),
        ("Grün", "gruen"),
        ("Birken", "birken"),
        ("Mühl", "muehl"),
        ("Falken", "falken"),
        ("Rosen", "rosen"),
        ("Winter", "winter"),
        ("Ober", "ober"),
        ("Schön", "schoen"),
    ],
    surname_ends: &[
        ("bach", "bach"),
        ("bergmann", "bergmann"),
        ("höfer", "hoefer"),
        ("stetter", "stetter"),
        ("feld", "feld"),
        ("häuser", "haeuser"),
        ("kamp", "kamp"),
        ("brink", "brink"),
        ("rieder", "rieder"),
        ("groß", "gross"),
    ],
    cities: &[
        ("Köln", "50"),
        ("Hamburg", "20"),
        ("München", "80"),
        ("Leipzig", "04"),
        ("Görlitz", "02"),
        ("Saarbrücken", "66"),
        ("Lübeck", "23"),
    ],
    street: "{s} {n}",
    streets: &[
        "Hauptstraße",
        "Am Mühlenbach",
        "Lindenallee",
        "Bahnhofstraße",
        "Gartenweg",
        "Kirchplatz",
        "Zum Alten Markt",
    ],
    zip: "*###",
    phone: "+49 ### #######",
    companies: &[
        "{s} Dachdecker GmbH",
        "{s} & Söhne KG",
        "Praxis {s}",
        "{s} IT-Beratung",
        "Bäckerei {s}",
        "{s} Architekten PartG",
        "Weingut {s}",
    ],
};

const ENGLISH: Region = Region {
    share: 16,
    language: Language::En,
    women: &[
        ("Alice", "alice"),
        ("Grace", "grace"),
        ("Zoë", "zoe"),
        ("Ruby", "ruby"),
        ("Imogen", "imogen"),
    ],
    men: &[
        ("Oliver", "oliver"),
        ("Noah", "noah"),
        ("Callum", "callum"),
        ("Harvey", "harvey"),
        ("Sean", "sean"),
    ],
    surname_starts: &[
        ("Ash", "ash"),
        ("Thorn", "thorn"),
        ("Hazel", "hazel"),
        ("Kings", "kings"),
        ("O'Brack", "obrack"),
        ("Raven", "raven"),
        ("Stone", "stone"),
    ],
    surname_ends: &[
        ("worth", "worth"),
        ("combe", "combe"),
        ("field", "field"),
        ("ley", "ley"),
        ("bury", "bury"),
        ("wick", "wick"),
        ("shaw", "shaw"),
    ],
    cities: &[
        ("Leeds", "LS"),
        ("Bristol", "BS"),
        ("Cardiff", "CF"),
        ("Norwich", "NR"),
        ("Exeter", "EX"),
    ],
    street: "{n} {s}",
    streets: &[
        "High Street",
        "Mill Lane",
        "Church Road",
        "Queen's Terrace",
        "The Green",
        "Station Road",
    ],
    zip: "*# #AA",
    phone: "+44 #### ######",
    companies: &[
        "{s} & Co. Ltd",
        "{s} Plumbing",
        "The {s} Bakery",
        "{s} Studio",
        "{s} Marine Services Ltd",
    ],
};

const FRENCH: Region = Region {
    share: 9,
    language: Language::En,
    women: &[("Élodie", "elodie"), ("Chloé", "chloe"), ("Camille", "camille"), ("Inès", "ines")],
    men: &[("Rémi", "remi"), ("François", "francois"), ("Théo", "theo"), ("Luc", "luc")],
    surname_starts: &[
        ("Beau", "beau"),
        ("Châte", "chate"),
        ("Mont", "mont"),
        ("Ville", "ville"),
        ("Rou", "rou"),
        ("D'Ar", "dar"),
    ],
    surname_ends: &[
        ("lieu", "lieu"),
        ("gnon", "gnon"),
        ("frère", "frere"),
        ("selle", "selle"),
        ("mier", "mier"),
        ("court", "court"),
    ],
    cities: &[("Besançon", "25"), ("Orléans", "45"), ("Nîmes", "30"), ("Lyon", "69")],
    street: "{n} {s}",
    streets: &[
        "rue de la République",
        "avenue des Tilleuls",
        "place du Marché",
        "chemin de l'Église",
    ],
    zip: "*###",
    phone: "+33 # ## ## ## ##",
    companies: &["Boulangerie {s}", "{s} & Fils SARL", "Atelier {s}", "Cabinet {s}"],
};

const ARABIC: Region = Region {
    share: 6,
    language: Language::En,
    women: &[("ليلى", "layla"), ("نور", "nour"), ("سلمى", "salma"), ("هدى", "huda")],
    men: &[("يوسف", "yusuf"), ("كريم", "karim"), ("سامي", "sami"), ("زياد", "ziad")],
    surname_starts: &[("ال", "al"), ("بو", "bu"), ("ابن ", "ibn")],
    surname_ends: &[
        ("نجار", "najjar"),
        ("بستاني", "bustani"),
        ("رمال", "rammal"),
        ("ساعاتي", "saati"),
        ("عطار", "attar"),
    ],
    cities: &[("القاهرة", "11"), ("عمّان", "11"), ("الدار البيضاء", "20"), ("Berlin", "12")],
    street: "{s} {n}",
    streets: &["شارع النيل", "شارع الحدائق", "طريق البحر"],
    zip: "*###",
    phone: "+20 ## #### ####",
    companies: &["مخبز {s}", "{s} للتجارة", "مكتبة {s}"],
};

const POLISH: Region = Region {
    share: 6,
    language: Language::En,
    women: &[("Małgorzata", "malgorzata"), ("Zofia", "zofia"), ("Łucja", "lucja")],
    men: &[("Paweł", "pawel"), ("Stanisław", "stanislaw"), ("Jan", "jan")],
    surname_starts: &[("Brzo", "brzo"), ("Świer", "swier"), ("Jawo", "jawo"), ("Wie", "wie")],
    surname_ends: &[
        ("zowicz", "zowicz"),
        ("czyński", "czynski"),
        ("rzak", "rzak"),
        ("lecki", "lecki"),
    ],
    cities: &[("Łódź", "90"), ("Kraków", "30"), ("Wrocław", "50")],
    street: "ul. {s} {n}",
    streets: &["Lipowa", "Różana", "Źródlana", "Krótka"],
    zip: "*-###",
    phone: "+48 ### ### ###",
    companies: &["{s} sp. z o.o.", "Piekarnia {s}", "Zakład {s}"],
};

const TURKISH: Region = Region {
    share: 5,
    language: Language::De,
    women: &[("Ayşe", "ayse"), ("Gülşen", "guelsen"), ("Işıl", "isil")],
    men: &[("Çağlar", "caglar"), ("İlker", "ilker"), ("Uğur", "ugur")],
    surname_starts: &[("Demir", "demir"), ("Gül", "gul"), ("Ak", "ak"), ("Yıldız", "yildiz")],
    surname_ends: &[("taş", "tas"), ("oğlu", "oglu"), ("su", "su"), ("han", "han")],
    cities: &[("İzmir", "35"), ("Eskişehir", "26"), ("Duisburg", "47")],
    street: "{s} No. {n}",
    streets: &["Çiçek Sokak", "Atölye Caddesi", "Güneş Sokak"],
    zip: "*###",
    phone: "+90 ### ### ## ##",
    companies: &["{s} Lokantası", "{s} Ticaret A.Ş.", "{s} Schneiderei"],
};

const SPANISH: Region = Region {
    share: 4,
    language: Language::En,
    women: &[("Begoña", "begona"), ("Inés", "ines"), ("Lucía", "lucia")],
    men: &[("Íñigo", "inigo"), ("Martín", "martin"), ("Andrés", "andres")],
    surname_starts: &[("Monta", "monta"), ("Casta", "casta"), ("Villa", "villa"), ("Ibá", "iba")],
    surname_ends: &[("ñez", "nez"), ("verde", "verde"), ("río", "rio"), ("sol", "sol")],
    cities: &[("Cádiz", "11"), ("A Coruña", "15"), ("Málaga", "29")],
    street: "{s}, {n}",
    streets: &["Calle Mayor", "Avenida del Río", "Plaza de España"],
    zip: "*###",
    phone: "+34 ### ### ###",
    companies: &["Panadería {s}", "{s} e Hijos S.L.", "Talleres {s}"],
};

const JAPANESE: Region = Region {
    share: 2,
    language: Language::En,
    women: &[("陽子", "yoko"), ("美咲", "misaki")],
    men: &[("健太", "kenta"), ("翔", "sho")],
    surname_starts: &[("青", "ao"), ("森", "mori"), ("石", "ishi"), ("松", "matsu")],
    surname_ends: &[("原", "hara"), ("沢", "zawa"), ("木", "ki"), ("岡", "oka")],
    cities: &[("横浜市", "220"), ("神戸市", "650")],
    street: "{s} {n}",
    streets: &["桜通り", "海岸通り"],
    zip: "*-####",
    phone: "+81 ## #### ####",
    companies: &["{s}商店", "株式会社{s}"],
};

/// Notes that managers write, and whether the customer sees them.
pub(super) const NOTES: [(&str, bool); 8] = [
    ("Calls rather than writes.", false),
    ("Invoices go to the accountant, **not** to the customer.", false),
    ("Zahlt per Lastschrift.", false),
    ("Umzug vom alten Server im Frühjahr; DNS liegt noch beim *vorigen* Anbieter.", false),
    (
        "Your web space moves to the new server on the first of next month. You need not do anything.",
        true,
    ),
    ("Ihr Ansprechpartner ist montags bis freitags von 9 bis 17 Uhr zu erreichen.", true),
    ("Bitte denken Sie an die Verlängerung Ihres Zertifikats.", true),
    ("VIP: - pays yearly\n- wants a call before any maintenance", false),
];

/// Resellers, with their form in addresses.
pub(super) const RESELLERS: [Word; 12] = [
    ("Nordlicht Hosting", "nordlicht"),
    ("Pixelwerk", "pixelwerk"),
    ("Cloudberry Media", "cloudberry"),
    ("Rhein-Web Service", "rheinweb"),
    ("Blue Heron Design", "blueheron"),
    ("Agentur Seeblick", "seeblick"),
    ("Maison du Web", "maisonduweb"),
    ("Kreativhof", "kreativhof"),
    ("Harbour Digital", "harbour"),
    ("Datenmanufaktur Süd", "datensued"),
    ("Web & Wort", "webwort"),
    ("Green Fern Studio", "greenfern"),
];
