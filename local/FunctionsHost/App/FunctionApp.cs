namespace TimeTagger.FunctionsHost.App;

/// <summary>A package, read and found to be one that the host would run.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Host">What host.json says.</param>
/// <param name="Functions">In the order in which the host tries their routes.</param>
internal sealed record FunctionApp(string Root, HostFile Host, IReadOnlyList<Function> Functions)
{
    /// <exception cref="InvalidAppException">The host would not run it.</exception>
    public static FunctionApp Read(string root, Func<string, string?> setting)
    {
        var host = HostFile.Read(root);
        return new FunctionApp(root, host, new FunctionFolders(root, host, setting).Read());
    }

    /// <summary>
    /// In which shape calls are passed on: a new host proxies where it may, an old one knows of forwarding only. Null where
    /// host.json allows neither, so that every call arrives as a payload.
    /// </summary>
    /// <exception cref="InvalidAppException">The package does not allow the shape that was asked for.</exception>
    public CallShape? ShapeFor(HostOptions options)
    {
        if (options.Shape is null && !Host.Forwards && !Host.Proxies)
        {
            return null;
        }

        var shape = options.Shape ?? (Host.Proxies ? CallShape.Proxying : CallShape.Forwarding);
        return (shape == CallShape.Forwarding ? Host.Forwards : Host.Proxies)
            ? shape
            : throw new InvalidAppException($"host.json does not enable {shape}.");
    }
}
