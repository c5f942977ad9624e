//! Sleeping and deadlines: sleep, timeout and their cleanup-aware scopes.
