//! The navigation: which areas there are and who sees them.

/// What the signed-in account is, as far as pages differ by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An admin who may change server settings.
    ServerAdmin,
    /// An admin who sees every customer but changes no settings.
    Admin,
    /// An admin who looks after customers of his own.
    Reseller,
    /// A customer.
    Customer,
}

impl Role {
    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ServerAdmin => "role-server-admin",
            Self::Admin => "role-admin",
            Self::Reseller => "role-reseller",
            Self::Customer => "role-customer",
        }
    }

    /// Whether this is an admin of either kind.
    #[must_use]
    pub const fn is_admin(self) -> bool {
        !matches!(self, Self::Customer)
    }
}

/// An area of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Dashboard,
    /// Customers.
    Customers,
    /// Hosting plans.
    Plans,
    /// Admins and resellers.
    Admins,
    /// PHP configurations.
    PhpConfigs,
    /// `MySQL` servers.
    MysqlServers,
    /// Settings of the panel.
    Settings,
    /// Texts of mails.
    MailTemplates,
    /// Who is told of events.
    Webhooks,
    /// Work in the background.
    Jobs,
    /// Who changed what.
    Audit,
    /// One's own account.
    Account,
    /// Pages outside every area.
    Elsewhere,
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavItem {
    /// Its area.
    pub section: Section,
    /// Where it leads.
    pub href: &'static str,
    /// The key of its text.
    pub key: &'static str,
    /// Its icon.
    pub icon: &'static str,
}

/// Entries under one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavGroup {
    /// The key of the heading; empty for none.
    pub key: &'static str,
    /// The entries.
    pub items: &'static [NavItem],
}

const fn item(
    section: Section,
    href: &'static str,
    key: &'static str,
    icon: &'static str,
) -> NavItem {
    NavItem { section, href, key, icon }
}

const DASHBOARD: NavItem = item(Section::Dashboard, "/", "nav-dashboard", "layout-dashboard");
const CUSTOMERS: NavItem = item(Section::Customers, "/customers", "nav-customers", "users");
const PLANS: NavItem = item(Section::Plans, "/plans", "nav-plans", "package");
const AUDIT: NavItem = item(Section::Audit, "/audit", "nav-audit", "history");

const MAIL_TEMPLATES: NavItem =
    item(Section::MailTemplates, "/mail-templates", "nav-mail-templates", "template");
const WEBHOOKS: NavItem = item(Section::Webhooks, "/webhooks", "nav-webhooks", "link");
const JOBS: NavItem = item(Section::Jobs, "/jobs", "nav-jobs", "clipboard-list");

static SERVER_ADMIN: [NavGroup; 3] = [
    NavGroup {
        key: "",
        items: &[
            DASHBOARD,
            CUSTOMERS,
            PLANS,
            item(Section::Admins, "/admins", "nav-admins", "user-shield"),
        ],
    },
    NavGroup {
        key: "nav-group-server",
        items: &[
            item(Section::PhpConfigs, "/php-configs", "nav-php-configs", "brand-php"),
            item(Section::MysqlServers, "/mysql-servers", "nav-mysql-servers", "database"),
        ],
    },
    NavGroup {
        key: "nav-group-system",
        items: &[
            item(Section::Settings, "/settings", "nav-settings", "settings"),
            MAIL_TEMPLATES,
            WEBHOOKS,
            JOBS,
            AUDIT,
        ],
    },
];

static RESELLER: [NavGroup; 2] = [
    NavGroup { key: "", items: &[DASHBOARD, CUSTOMERS, PLANS] },
    NavGroup { key: "nav-group-system", items: &[MAIL_TEMPLATES, JOBS, AUDIT] },
];

static CUSTOMER: [NavGroup; 1] = [NavGroup {
    key: "",
    items: &[DASHBOARD, item(Section::Account, "/account", "nav-account", "user-circle")],
}];

/// What a role finds in the navigation.
#[must_use]
pub fn groups(role: Role) -> &'static [NavGroup] {
    match role {
        Role::ServerAdmin => &SERVER_ADMIN,
        Role::Admin | Role::Reseller => &RESELLER,
        Role::Customer => &CUSTOMER,
    }
}
