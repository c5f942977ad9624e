//! Tasks, promises and done-callbacks with asyncio's promises about order.
