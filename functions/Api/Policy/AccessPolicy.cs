namespace TimeTagger.Api.Policy;

/// <summary>Who may call an endpoint. Every endpoint carries one; one without is refused.</summary>
internal enum AccessPolicy
{
    /// <summary>Anybody.</summary>
    Anonymous,

    /// <summary>Whoever has a valid token of either kind.</summary>
    AnyToken,

    /// <summary>Whoever signed in: an API token may not make further tokens.</summary>
    WebToken,
}

/// <summary>Declares the policy of endpoints.</summary>
internal static class AccessPolicyExtensions
{
    internal static TBuilder WithAccess<TBuilder>(this TBuilder endpoint, AccessPolicy policy)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessPolicyMetadata(policy));
}

/// <summary>The policy of an endpoint, as metadata.</summary>
internal sealed record AccessPolicyMetadata(AccessPolicy Policy);
