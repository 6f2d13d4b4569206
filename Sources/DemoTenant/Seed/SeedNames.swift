// The names that the seed's people, applications and organizations are made of.

enum SeedNames {
    static let given = [
        "Ailsa", "Amara", "Anders", "Anja", "Beatriz", "Callum", "Carlos", "Chidi", "Chloe", "Daniel", "Diego",
        "Eilidh",
        "Elena", "Emeka", "Emma", "Fatima", "Finlay", "Freya", "Giulia", "Hamish", "Hana", "Hiro", "Ines", "Ingrid",
        "Isla", "Jack", "Jana", "Javier", "Jonas", "Kaito", "Kirsty", "Lars", "Leila", "Lena", "Liam", "Lucia",
        "Magnus",
        "Maria", "Mateo", "Mei", "Mina", "Nadia", "Niamh", "Noah", "Olga", "Omar", "Paolo", "Priya", "Rahul", "Rosa",
        "Ruth", "Samir", "Sofia", "Sven", "Tariq", "Tomas", "Uma", "Viktor", "Wei", "Yuki", "Yusuf", "Zara", "Zoe",
    ]
    static let family = [
        "Abbott", "Adeyemi", "Ahmed", "Almeida", "Andersen", "Baker", "Becker", "Bianchi", "Brown", "Campbell", "Chen",
        "Costa", "Dubois", "Duncan", "Eriksen", "Fernandez", "Fischer", "Fraser", "Garcia", "Grant", "Gupta", "Haas",
        "Hansen", "Ito", "Ivanova", "Johnson", "Kaur", "Khan", "Kim", "Kowalski", "Larsen", "Lopez", "MacDonald",
        "MacLeod", "Martin", "Meyer", "Moreau", "Murray", "Nakamura", "Nguyen", "Novak", "Okafor", "Okonkwo", "Olsen",
        "Patel", "Pereira", "Petrov", "Reid", "Ricci", "Rossi", "Sato", "Schmidt", "Silva", "Singh", "Stewart",
        "Suzuki",
        "Tanaka", "Taylor", "Virtanen", "Weber", "Wilson", "Wong", "Yilmaz", "Young",
    ]
    static let mailHosts = ["example.com", "example.org", "mail.example.com", "people.example.net"]
    static let plans = ["free", "team", "business", "enterprise"]
    static let languages = ["de", "en", "en", "en", "es", "fr", "it", "ja", "pt"]
    static let colors = ["amber", "blue", "green", "grey", "red", "teal", "violet"]

    /// Applications by type; those whose name starts with `test-` are what the bulk rename is shown on.
    static let applications: [(type: String, names: [String])] = [
        (
            "regular_web",
            [
                "Storefront", "Customer Portal", "Partner Portal", "Back Office", "Help Center", "Careers",
                "Warehouse Dashboard", "Billing Console", "test-storefront", "test-portal", "test-back-office",
                "test-billing",
            ]
        ),
        (
            "spa",
            [
                "Design Studio", "Analytics Workbench", "Docs Search", "Status Page", "Admin Console", "Order Tracker",
                "test-studio", "test-admin-console", "test-order-tracker",
            ]
        ),
        (
            "native",
            [
                "Shopper for iOS", "Shopper for Android", "Courier App", "Kiosk", "Desktop Sync", "test-shopper-ios",
                "test-courier",
            ]
        ),
        (
            "non_interactive",
            [
                "Nightly Export", "CRM Sync", "Invoice Worker", "Search Indexer", "Fraud Screening", "Deploy Pipeline",
                "Audit Archiver", "Metrics Collector", "test-importer", "test-crm-sync", "test-indexer",
                "test-pipeline",
            ]
        ),
    ]
    static let organizations = [
        "Acme Outfitters", "Ben Nevis Brewing", "Caledonia Freight", "Dune Analytics", "Eastwind Energy", "Fjord Foods",
        "Granite Insurance", "Harbour Health", "Iona Textiles", "Juniper Schools", "Kestrel Robotics",
        "Lochside Hotels",
        "Meridian Bank", "Northern Lights Media", "Orchard Logistics",
    ]
    static let roles: [(name: String, description: String)] = [
        ("admin", "May do everything"), ("auditor", "Reads everything, changes nothing"),
        ("billing-manager", "Invoices and payment methods"), ("catalog-editor", "Changes what is for sale"),
        ("content-author", "Writes articles"), ("courier", "Sees routes and deliveries"),
        ("data-analyst", "Runs reports"), ("developer", "Uses the API in test environments"),
        ("org-owner", "Runs an organization"), ("support-agent", "Helps customers"),
        ("support-lead", "Helps customers and agents"), ("viewer", "Reads what is shared"),
    ]
    static let rules = [
        "Add country to the user profile", "Block disposable e-mail addresses", "Copy plan to the ID token",
        "Enforce MFA for administrators", "Link accounts with the same e-mail", "Log first sign-in",
        "Set roles from groups", "Welcome e-mail on first sign-in",
    ]
    static let actions = [
        "Add plan claim", "Deny blocked countries", "Notify sales on sign-up", "Require verified e-mail",
        "Stamp last organization", "Sync profile to CRM",
    ]
}
