namespace TimeTagger.Storage.Maintenance;

/// <summary>What whoever runs the product decides about maintenance.</summary>
/// <param name="Retention">How long entries stay after they were written.</param>
public sealed record MaintenanceOptions(TimeSpan Retention);
