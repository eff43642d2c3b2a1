flash-acting = You now see the panel as { $loginname } sees it. You are signed out after 30 minutes.
fault-impersonate-suspended = You cannot act as a suspended customer. Resume the customer first.
