using NoiseGen;

namespace Harden.Progress;

/// <summary>
/// A line for each training that begins, each epoch and each finished variant;
/// and one now and then where these take long.
/// </summary>
/// <param name="output">Where the lines go.</param>
/// <param name="clock">Tells how long nothing was written.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider clock) : IJobProgress
{
    /// <summary>The longest silence: whoever reads a log sees that something goes on.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly int NameWidth = Variant.All.Max(variant => variant.Name.Length);

    private long _written = clock.GetTimestamp();

    public PlainProgress(TextWriter output) : this(output, TimeProvider.System)
    {
    }

    public void Began(Variant variant, TrainingStart start)
    {
        if (start.ToString() is { Length: > 0 } text) Write(variant, text);
    }

    public void Trained(Variant variant, TrainingProgress progress)
    {
        if (progress.IsEpochEnd || IsSilent) Write(variant, Status.Of(progress));
    }

    public void Swept(Variant variant, SweepProgress progress)
    {
        if (IsSilent) Write(variant, Status.Of(progress));
    }

    public void Finished(VariantResult result) => Write(result.Variant, Status.Of(result));

    private bool IsSilent => clock.GetElapsedTime(_written) >= Heartbeat;

    private void Write(Variant variant, string status)
    {
        output.WriteLine($"{variant.Name.PadRight(NameWidth)}  {status}");
        output.Flush();
        _written = clock.GetTimestamp();
    }
}
