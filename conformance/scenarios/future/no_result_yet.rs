//! S-FUT-2: a pending future has neither result nor exception; a cancelled one tells the message.

use tulipa::Promise;
use tulipa::task::PromiseError;

fn look(name: &str, promise: &Promise<i32>) {
    println!("{name}: done {}", promise.done());
    for (what, error) in
        [("result", promise.result().err()), ("exception", promise.exception().err())]
    {
        match error {
            None => println!("{name}: the {what} is there"),
            Some(PromiseError::InvalidState(_)) => println!("{name}: no {what} yet"),
            Some(PromiseError::Cancelled(error)) => {
                println!("{name}: {what}: cancelled, {}", error.message().unwrap());
            }
            Some(PromiseError::Exception(error)) => println!("{name}: {what}: {error}"),
        }
    }
}

pub(crate) async fn main() {
    let promise = Promise::new();
    look("pending", &promise);
    promise.set_result(1).unwrap();
    look("done", &promise);
    let promise = Promise::new();
    promise.cancel_with("no longer needed");
    look("cancelled", &promise);
}
