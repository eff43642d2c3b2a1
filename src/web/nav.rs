//! The navigation: its areas, and the roles that see them.

/// The role of the signed-in account, as far as pages depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An admin with permission to change the server settings.
    ServerAdmin,
    /// An admin who sees all customers but cannot change settings.
    Admin,
    /// An admin who sees only their own customers.
    Reseller,
    Customer,
}

impl Role {
    /// Returns the text key of the role's name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ServerAdmin => "role-server-admin",
            Self::Admin => "role-admin",
            Self::Reseller => "role-reseller",
            Self::Customer => "role-customer",
        }
    }

    /// Returns whether the account is an admin or reseller.
    #[must_use]
    pub const fn is_admin(self) -> bool {
        !matches!(self, Self::Customer)
    }
}

/// An area of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Dashboard,
    Customers,
    Plans,
    Admins,
    PhpConfigs,
    MysqlServers,
    Settings,
    MailTemplates,
    Webhooks,
    Jobs,
    Audit,
    /// The signed-in account itself.
    Account,
    /// Pages outside all areas.
    Elsewhere,
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavItem {
    pub section: Section,
    pub href: &'static str,
    /// Text key of the label.
    pub key: &'static str,
    /// Name of the icon.
    pub icon: &'static str,
}

/// Entries under one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NavGroup {
    /// Text key of the heading; empty for none.
    pub key: &'static str,
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

/// Returns the navigation of a role.
#[must_use]
pub fn groups(role: Role) -> &'static [NavGroup] {
    match role {
        Role::ServerAdmin => &SERVER_ADMIN,
        Role::Admin | Role::Reseller => &RESELLER,
        Role::Customer => &CUSTOMER,
    }
}
