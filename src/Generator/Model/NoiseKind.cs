namespace NoiseGen.Generator.Model;

/// <param name="BeforeQuantizer">Whether it comes before an activation's quantizer.</param>
internal sealed record NoiseKind(NoiseStruct Struct, SigmaUnit Unit, bool BeforeQuantizer);

/// <param name="InRanges">Whether its sigma is a multiple of the site's range, for which a calibration looks at the values.</param>
internal sealed record NoiseStruct(string Code, string Name, NoiseForm Form, bool InRanges = false)
{
    /// <summary>Whether backward has to scale the gradient.</summary>
    public bool Scales => Form != NoiseForm.Additive;

    /// <summary>Whether it is a struct of the user's.</summary>
    public bool IsCustom => Code != $"global::{nameof(NoiseGen)}.{Name}";

    /// <summary>The runtime's struct that draws its samples.</summary>
    public string Lanes => Form == NoiseForm.Combined ? "CombinedNoiseLanes" : InRanges ? "RangeNoiseLanes" : "NoiseLanes";
}
