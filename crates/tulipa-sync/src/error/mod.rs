//! One small error per operation; each gives back the value it was given.

mod channel;
mod locks;
mod queue;

pub use channel::{RecvError, SendError, TryRecvError, TrySendError};
pub use locks::{
    AlreadyBorrowedError, BrokenBarrierError, NotBorrowedError, OverReleaseError, ReleaseError,
    TryBorrowError,
};
pub use queue::{GetError, PutError, TaskDoneError, TryGetError, TryPutError};
