flash-acting = You now see the panel as { $loginname } sees it. You are signed out after 30 minutes.
fault-impersonate-suspended = A suspended customer cannot be acted for. Resume him first.
