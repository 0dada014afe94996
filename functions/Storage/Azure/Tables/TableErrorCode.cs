namespace TimeTagger.Storage.Azure.Tables;

/// <summary>The error codes of the service that something depends on.</summary>
internal static class TableErrorCode
{
    public const string EntityAlreadyExists = "EntityAlreadyExists";
    public const string EntityTooLarge = "EntityTooLarge";
    public const string PropertyValueTooLarge = "PropertyValueTooLarge";
    public const string RequestBodyTooLarge = "RequestBodyTooLarge";
    public const string TableAlreadyExists = "TableAlreadyExists";
    public const string TableBeingDeleted = "TableBeingDeleted";
    public const string TableNotFound = "TableNotFound";
    public const string TooManyProperties = "TooManyProperties";
}
