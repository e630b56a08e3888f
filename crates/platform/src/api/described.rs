//! Types as the OpenAPI document describes them: by what makes the description, which is called when the document is. All
//! descriptions together are megabytes, and most processes are never asked for the document.

use std::borrow::Cow;

use utoipa::{
    ToSchema,
    openapi::{ArrayBuilder, ObjectBuilder, Ref, RefOr, Schema, Type, schema::SchemaType},
};

/// A schema and those that it refers to, by name.
pub(crate) type Schemas = Vec<(String, RefOr<Schema>)>;

/// A type.
#[derive(Clone, Copy)]
pub(crate) struct Described {
    name: fn() -> Cow<'static, str>,
    schema: fn() -> RefOr<Schema>,
    others: fn(&mut Schemas),
}

impl Described {
    pub(crate) fn of<T: ToSchema>() -> Self {
        Self {
            name: T::name,
            schema: T::schema,
            others: T::schemas,
        }
    }

    /// Adds its schema and those that it refers to; returns what refers to it.
    pub(crate) fn refer(self, schemas: &mut Schemas) -> RefOr<Schema> {
        let name = (self.name)().into_owned();
        schemas.push((name.clone(), (self.schema)()));
        (self.others)(schemas);
        RefOr::Ref(Ref::from_schema_name(name))
    }
}

/// What an operation answers with.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Nothing,
    One(Described),
    /// All that there are.
    All(Described),
    /// A page of them.
    Page(Described),
}

impl Answer {
    /// The schema of the answer; adds those that it refers to.
    pub(crate) fn refer(self, schemas: &mut Schemas) -> Option<RefOr<Schema>> {
        match self {
            Self::Nothing => None,
            Self::One(thing) => Some(thing.refer(schemas)),
            Self::All(things) => Some(ArrayBuilder::new().items(things.refer(schemas)).into()),
            Self::Page(things) => {
                // Named by its things: a generic type has one name for all of them.
                let name = format!("{}Page", (things.name)());
                let next = ObjectBuilder::new()
                    .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                    .description(Some("The cursor of the next page; none at the end."));
                let page = ObjectBuilder::new()
                    .property("items", ArrayBuilder::new().items(things.refer(schemas)))
                    .required("items")
                    .property("next", next)
                    .required("next");
                schemas.push((name.clone(), page.into()));
                Some(RefOr::Ref(Ref::from_schema_name(name)))
            }
        }
    }
}
