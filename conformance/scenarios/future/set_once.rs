//! S-FUT-1: a future is completed once, whether by a result, an exception or a cancellation.

use tulipa::Promise;

fn try_all(name: &str, promise: &Promise<&'static str>) {
    println!("{name}: result refused: {}", promise.set_result("another").is_err());
    println!("{name}: exception refused: {}", promise.set_exception("another").is_err());
    println!("{name}: cancel: {}", promise.cancel());
}

pub(crate) async fn main() {
    let done = Promise::new();
    done.set_result("the first").unwrap();
    try_all("done", &done);
    println!("{}", done.await.unwrap());

    let failed = Promise::new();
    failed.set_exception("boom").unwrap();
    try_all("failed", &failed);
    println!("{}", failed.await.unwrap_err());

    let cancelled = Promise::new();
    println!("cancel: {}", cancelled.cancel());
    try_all("cancelled", &cancelled);
    println!("cancelled: {}", cancelled.cancelled());
}
