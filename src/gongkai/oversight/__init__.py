"""Chapter five, supervision: schemes of assessment as data, scores with the reasons for them."""
