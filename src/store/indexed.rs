//! The shelf in the browser: one IndexedDB store of texts under text keys.

use idb::{
    Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, TransactionMode,
    TransactionResult,
};
use wasm_bindgen::JsValue;

use super::shelf::{Change, Guard, Later, Shelf, StoreError};

const STORE: &str = "records";

/// Records in IndexedDB.
pub struct Indexed {
    database: Database,
}

impl Indexed {
    /// Opens the database of this name, and makes it if it is new.
    pub async fn open(name: &str) -> Result<Indexed, StoreError> {
        let refused = |error: Error| StoreError::Refused(error.to_string());
        let factory = Factory::new().map_err(refused)?;
        let mut request = factory.open(name, Some(1)).map_err(refused)?;
        request.on_upgrade_needed(|event| {
            // Failing here makes the opening fail, which is where it is told.
            if let Ok(database) = event.database() {
                let _ = database.create_object_store(STORE, ObjectStoreParams::new());
            }
        });
        let mut database = request.await.map_err(refused)?;
        // A newer page may ask for the database: it is not kept from it.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(Indexed { database })
    }

    async fn scan(&self, prefix: String) -> Result<Vec<(String, String)>, Error> {
        let transaction = self
            .database
            .transaction(&[STORE], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(STORE)?;
        // Keys are ASCII, so this stands behind every key with the prefix.
        let end = JsValue::from_str(&format!("{prefix}\u{7f}"));
        let range = KeyRange::bound(&JsValue::from_str(&prefix), &end, None, None)?;
        // Both are asked for before either is awaited: one moment, one answer.
        let keys = store.get_all_keys(Some(range.clone().into()), None)?;
        let values = store.get_all(Some(range.into()), None)?;
        let (keys, values) = (keys.await?, values.await?);
        let text = |value: JsValue| {
            value
                .as_string()
                .unwrap_or_else(|| String::from(js_sys::JsString::from(value)))
        };
        Ok(keys
            .into_iter()
            .map(text)
            .zip(values.into_iter().map(text))
            .collect())
    }

    async fn write(&self, guard: Guard, changes: Vec<Change>) -> Result<Option<bool>, Error> {
        let transaction = self
            .database
            .transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store = transaction.object_store(STORE)?;
        let there = store.get(JsValue::from_str(&guard.key))?.await?;
        if there.and_then(|value| value.as_string()) != guard.expected {
            return Ok(Some(false));
        }
        for (key, record) in changes {
            let key = JsValue::from_str(&key);
            match record {
                Some(record) => drop(store.put(&JsValue::from_str(&record), Some(&key))?),
                None => drop(store.delete(key)?),
            }
        }
        match transaction.await? {
            TransactionResult::Committed => Ok(Some(true)),
            TransactionResult::Aborted => Ok(None),
        }
    }
}

impl Drop for Indexed {
    fn drop(&mut self) {
        self.database.close();
    }
}

impl Shelf for Indexed {
    fn scan(&self, prefix: &str) -> Later<'_, Vec<(String, String)>> {
        let answer = Indexed::scan(self, prefix.to_owned());
        Box::pin(async move { answer.await.map_err(failed) })
    }

    fn write(&self, guard: Guard, changes: Vec<Change>) -> Later<'_, bool> {
        let answer = Indexed::write(self, guard, changes);
        Box::pin(async move {
            // A transaction that nobody aborted and no request failed is
            // aborted by the browser for want of room.
            answer.await.map_err(failed)?.ok_or(StoreError::Full)
        })
    }
}

fn failed(error: Error) -> StoreError {
    // Whatever step failed, the browser names the reason in its exception.
    let full = error.to_string().contains("Quota")
        || matches!(&error, Error::DomException(reason) if reason.name() == "QuotaExceededError");
    if full {
        StoreError::Full
    } else {
        StoreError::Failed(error.to_string())
    }
}
