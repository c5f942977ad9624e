//! S-WAIT-1: there is nothing to wait for.
//!
//! Differs: S-WAIT-1: nothing is done, and nothing is pending.

use tulipa::{Task, wait};

pub(crate) async fn main() {
    let (done, pending) = wait(Vec::<Task<()>>::new()).await;
    println!("done: {}, pending: {}", done.len(), pending.len());
}
