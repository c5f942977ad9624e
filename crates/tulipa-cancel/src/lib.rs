//! Awaitable cancellation for any executor: a task sees it, answers it, cleans up.
