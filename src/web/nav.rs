//! The navigation: its areas, and the roles that see them.

/// The role of the signed-in account, as far as pages depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An admin with permission to change the server settings.
    ServerAdmin,
    /// An admin who sees all customers but cannot change settings.
    Admin,
    /// An admin who sees only their own customers and cannot change settings.
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
    pub const fn is_manager(self) -> bool {
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

impl Section {
    /// Returns the entry of the area, which leads to its first page.
    #[must_use]
    pub const fn item(self) -> NavItem {
        let (href, key, icon) = match self {
            Self::Dashboard => ("/", "nav-dashboard", "layout-dashboard"),
            Self::Customers => ("/customers", "nav-customers", "users"),
            Self::Plans => ("/plans", "nav-plans", "package"),
            Self::Admins => ("/admins", "nav-admins", "user-shield"),
            Self::PhpConfigs => ("/php-configs", "nav-php-configs", "brand-php"),
            Self::MysqlServers => ("/mysql-servers", "nav-mysql-servers", "database"),
            Self::Settings => ("/settings", "nav-settings", "settings"),
            Self::MailTemplates => ("/mail-templates", "nav-mail-templates", "template"),
            Self::Webhooks => ("/webhooks", "nav-webhooks", "link"),
            Self::Jobs => ("/jobs", "nav-jobs", "clipboard-list"),
            Self::Audit => ("/audit", "nav-audit", "history"),
            Self::Account => ("/account", "nav-account", "user-circle"),
        };
        NavItem { section: self, href, key, icon }
    }
}

static SERVER_ADMIN: [NavGroup; 3] = [
    NavGroup {
        key: "",
        items: &[
            Section::Dashboard.item(),
            Section::Customers.item(),
            Section::Plans.item(),
            Section::Admins.item(),
        ],
    },
    NavGroup {
        key: "nav-group-server",
        items: &[Section::PhpConfigs.item(), Section::MysqlServers.item()],
    },
    NavGroup {
        key: "nav-group-system",
        items: &[
            Section::Settings.item(),
            Section::MailTemplates.item(),
            Section::Webhooks.item(),
            Section::Jobs.item(),
            Section::Audit.item(),
        ],
    },
];

static ADMIN_OR_RESELLER: [NavGroup; 2] = [
    NavGroup {
        key: "",
        items: &[Section::Dashboard.item(), Section::Customers.item(), Section::Plans.item()],
    },
    NavGroup {
        key: "nav-group-system",
        items: &[Section::MailTemplates.item(), Section::Jobs.item(), Section::Audit.item()],
    },
];

static CUSTOMER: [NavGroup; 1] =
    [NavGroup { key: "", items: &[Section::Dashboard.item(), Section::Account.item()] }];

/// Returns the navigation of a role.
#[must_use]
pub fn groups(role: Role) -> &'static [NavGroup] {
    match role {
        Role::ServerAdmin => &SERVER_ADMIN,
        Role::Admin | Role::Reseller => &ADMIN_OR_RESELLER,
        Role::Customer => &CUSTOMER,
    }
}
