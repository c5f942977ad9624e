//! asyncio for Rust: one thread, one event loop, awaitable cancellation.
