namespace NoiseGen;

internal static class Speed
{
    /// <summary>Images per second; 0 if no time has passed.</summary>
    public static double Of(long images, TimeSpan time) => time > TimeSpan.Zero ? images / time.TotalSeconds : 0;
}
