namespace NoiseGen;

internal static class Speed
{
    /// <summary>Images per second; 0 where no time passed.</summary>
    public static double Of(long images, TimeSpan time) => time > TimeSpan.Zero ? images / time.TotalSeconds : 0;
}
