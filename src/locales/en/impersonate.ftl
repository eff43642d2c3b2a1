flash-acting = You are now acting as { $loginname }. You will be signed out after 30 minutes.
fault-impersonate-suspended = You cannot act as a suspended customer. Resume the customer first.
