//! S-FUT-8: an exception that nobody looked at is reported; reading it, or cancelling, counts as a
//! look.

use tulipa::{Promise, get_running_loop};

fn failed(text: &'static str) -> Promise<()> {
    let promise = Promise::new();
    promise.set_exception(text).unwrap();
    promise
}

pub(crate) async fn main() {
    get_running_loop().set_exception_handler(|context| {
        println!("reported: {}", context.exception_text().unwrap());
    });
    println!("nobody looks");
    drop(failed("unseen"));
    println!("somebody reads the exception");
    let promise = failed("read");
    println!("it is {}", promise.exception().unwrap().unwrap());
    drop(promise);
    println!("somebody asks for the result");
    let promise = failed("asked");
    println!("an error: {}", promise.result().is_err());
    drop(promise);
    println!("somebody cancels it");
    let promise = failed("cancelled");
    println!("cancel: {}", promise.cancel());
    drop(promise);
    println!("nobody looks at another");
    let promise = failed("unseen too");
    println!("done: {}", promise.done());
    drop(promise);
    println!("the end");
}
